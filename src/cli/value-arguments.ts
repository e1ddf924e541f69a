import { InvalidArgumentError } from 'commander';

const MAX_VALUE = 65_535;

/** `255=1,7=0` after what the flag was given before. */
export function valuePairs(
  text: string,
  before: readonly (readonly [number, number])[] = [],
): readonly (readonly [number, number])[] {
  const pairs = text.split(',').map((part) => {
    const sides = part.split('=');
    if (sides.length !== 2) throw new InvalidArgumentError('Write a value and what it counts as: 255=1,7=0.');
    return [valueOf(sides[0]), valueOf(sides[1])] as const;
  });
  return [...before, ...pairs];
}

/** `255,254` after what the flag was given before. */
export function valueList(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, ...text.split(',').map(valueOf)];
}

function valueOf(text = ''): number {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value <= MAX_VALUE) return value;
  throw new InvalidArgumentError(`Write values of pixels, from 0 to ${MAX_VALUE}, with commas between them.`);
}
