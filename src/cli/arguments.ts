import { InvalidArgumentError } from 'commander';
import { parseDuration as readDuration, parseInterval as readInterval } from '../notation/duration.ts';
import { isNotationError } from '../notation/notation-error.ts';

/** What reads the argument of a flag, from what reads the same text elsewhere. */
export function argument<T>(read: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      throw isNotationError(error) ? new InvalidArgumentError(error.message) : error;
    }
  };
}

/** A duration such as `90s`, `5m`, `1.5h` or `2d`, in milliseconds; the unit must be given. */
export const parseDuration = argument(readDuration);

/** An interval in milliseconds, at least one second. */
export const parseInterval = argument(readInterval);

/** A whole number in a range, both ends included. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`Write a whole number ${range}.`);
  };
}

/** Whole numbers above 0 with commas between them. */
export function parseSizes(text: string): readonly number[] {
  const read = wholeNumber(1);
  return text.split(',').map((size) => read(size));
}

/** Names with commas between them. */
export function parseNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.some((name) => name === '')) throw new InvalidArgumentError('Write user names: anna,ben.');
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new InvalidArgumentError(`${twice} is named twice.`);
  return names;
}
