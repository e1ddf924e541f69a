import { NotationError } from './notation-error.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** What a duration looks like: a number and a unit. */
export const DURATION = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|min|h|d)\s*$/;

/**
 * A duration such as `90s`, `5m`, `1.5h` or `2d`; the unit must be given.
 *
 * @returns milliseconds, rounded
 * @throws NotationError
 */
export function parseDuration(text: string): number {
  const [, number = '', unit = ''] = DURATION.exec(text) ?? [];
  const factor = UNITS[unit];
  if (factor === undefined) throw new NotationError('Write a number and a unit: 90s, 5m, 1h, 2d.');
  return Math.round(Number(number) * factor);
}

/** An interval in milliseconds, at least one second. @throws NotationError */
export function parseInterval(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds < 1000) throw new NotationError('At least 1s.');
  return milliseconds;
}

/** A duration as {@link parseDuration} reads it, in the largest unit that writes it whole: `90s`, `2d`. */
export function writeDuration(milliseconds: number): string {
  const [unit, factor] = (['d', 'h', 'm', 's'] as const)
    .map((name) => [name, UNITS[name] ?? 1] as const)
    .find(([, size]) => milliseconds > 0 && milliseconds % size === 0) ?? ['ms', 1];
  return milliseconds === 0 ? '0s' : `${milliseconds / factor}${unit}`;
}
