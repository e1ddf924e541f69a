import { InvalidArgumentError } from 'commander';

/** A time as ISO 8601 writes it; without a zone it is that of this machine. @returns ISO, in UTC */
export function parseTime(text: string): string {
  const isTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text.trim());
  if (!isTime) throw new InvalidArgumentError('Write a time like 2026-03-01T08:00 or 2026-03-01T08:00:00Z.');
  const time = new Date(text.trim());
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('There is no such time.');
  return time.toISOString();
}
