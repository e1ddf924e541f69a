import { NotationError } from './notation-error.ts';

const MAX_VALUE = 65_535;

/** `255=1,7=0`: values of pixels, and what they count as. @throws NotationError */
export function parseValuePairs(text: string): readonly (readonly [number, number])[] {
  return text.split(',').map((part) => {
    const sides = part.split('=');
    if (sides.length !== 2) throw new NotationError('Write a value and what it counts as: 255=1,7=0.');
    return [valueOf(sides[0]), valueOf(sides[1])] as const;
  });
}

/** `255,254`: values of pixels. @throws NotationError */
export function parseValues(text: string): readonly number[] {
  return text.split(',').map(valueOf);
}

function valueOf(text = ''): number {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value <= MAX_VALUE) return value;
  throw new NotationError(`Write values of pixels, from 0 to ${MAX_VALUE}, with commas between them.`);
}
