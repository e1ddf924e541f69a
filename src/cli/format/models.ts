import type { ModelVersion } from '../../models/model-versions.ts';
import { formatTable } from './table.ts';
import { formatTime } from './time.ts';

/** Enough of a checksum to tell models apart, and to pass to `model promote`. */
const DIGITS = 12;

/** The beginning of a checksum, without `SHA256:`. */
export function shortChecksum(checksum: string): string {
  return checksum.replace(/^SHA256:/, '').slice(0, DIGITS);
}

/** Models as a table for people; ends with a line break. */
export function formatModels(versions: readonly ModelVersion[]): string {
  const connections = new Set(versions.map(({ connection }) => connection));
  const rows = versions.map(({ connection, model, checksum, isCurrent, event, iteration, dice, by, at }) => [
    ...(connections.size > 1 ? [connection] : []),
    model,
    shortChecksum(checksum),
    isCurrent ? 'published' : '',
    by === null ? event : `${event} by ${by}`,
    dice === null ? '' : dice.toFixed(4),
    iteration ?? '',
    formatTime(at),
  ]);
  const head = ['MODEL', 'CHECKSUM', '', 'LAST', 'DICE', 'ITERATION', 'SINCE'];
  return `${formatTable([connections.size > 1 ? ['CONNECTION', ...head] : head, ...rows])}\n`;
}
