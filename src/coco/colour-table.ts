import type { ConversionRules } from '../contracts/conversion.ts';
import { MaskloopError } from '../contracts/error.ts';

const BLACK = '#000000';

/**
 * The colour in which each value is painted: the first that the conversion rules name for it. The value 0 is black where
 * they name none for it and give black to no other value; where black is that of another value, it has no colour.
 *
 * @param colours `[colour, value]`, `#rrggbb`
 * @param values that masks may hold
 * @returns the three samples of each value that has a colour
 * @throws MaskloopError `InvalidLabelMap` for one of `values` but 0 that has no colour
 */
export function colourTable(
  colours: NonNullable<ConversionRules['colours']>,
  values: Iterable<number>,
): ReadonlyMap<number, Uint8Array> {
  const table = new Map<number, Uint8Array>();
  if (!colours.some(([colour]) => colour === BLACK)) table.set(0, samplesOf(BLACK));
  for (const [colour, value] of colours.toReversed()) table.set(value, samplesOf(colour));
  for (const value of values) if (value !== 0 && !table.has(value)) throw withoutColour(value);
  return table;
}

function samplesOf(colour: string): Uint8Array {
  return Buffer.from(colour.slice(1), 'hex');
}

function withoutColour(value: number): MaskloopError {
  return new MaskloopError('InvalidLabelMap', `The label map has no colour for the category ${value}.`, {
    facts: { value },
  });
}
