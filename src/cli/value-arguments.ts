import { parseValuePairs, parseValues } from '../notation/pixel-values.ts';
import { argument } from './arguments.ts';

const readPairs = argument(parseValuePairs);
const readValues = argument(parseValues);

/** `255=1,7=0` after what the flag was given before. */
export function valuePairs(
  text: string,
  before: readonly (readonly [number, number])[] = [],
): readonly (readonly [number, number])[] {
  return [...before, ...readPairs(text)];
}

/** `255,254` after what the flag was given before. */
export function valueList(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, ...readValues(text)];
}
