import type { Category } from '../contracts/categories.ts';
import type { ConversionRules } from '../contracts/conversion.ts';
import { MaskloopError } from '../contracts/error.ts';
import { parseColour } from './colour.ts';
import type { MaskReading } from './mask-converter.ts';

const MAX_VALUE = 65_535;
/** Rules travel with an iteration, whose payloads are small. */
const MAX_VALUES = 256;
const MAX_COLOURS = 512;

/**
 * How masks are read with these categories and rules.
 *
 * @throws MaskloopError `InvalidValueMap` if a value is no sample, is named twice in `values` and `ignore`, counts as a
 * category that is not declared, is 0 and ignored, or if more than 256 are named; `InvalidLabelMap` if a colour is none, is
 * named twice, counts as a category that is not declared, if more than 512 are named, or values are mapped as well
 */
export function maskReading(categories: readonly Category[], rules: ConversionRules): MaskReading {
  const declared = categories.map(({ id }) => id);
  checkValues(rules, new Set(declared));
  checkColours(rules, new Set(declared));
  return { declared, rules };
}

function checkValues({ values, ignore }: ConversionRules, declared: ReadonlySet<number>): void {
  const named = [...values.map(([from]) => from), ...ignore];
  if (named.length > MAX_VALUES) {
    throw invalid(`${named.length} values are mapped or ignored; ${MAX_VALUES} are allowed`, { count: named.length });
  }
  const seen = new Set<number>();
  for (const value of named) {
    if (!Number.isInteger(value) || value < 0 || value > MAX_VALUE) {
      throw invalid(`${value} is no value of a pixel, which is a whole number from 0 to ${MAX_VALUE}`, { value });
    }
    if (seen.has(value)) throw invalid(`the value ${value} is mapped or ignored twice`, { value });
    seen.add(value);
  }
  if (ignore.includes(0)) throw invalid('the value 0 is ignored; it is background already', { value: 0 });
  for (const [from, to] of values) {
    if (to !== 0 && !declared.has(to)) {
      throw invalid(`the value ${from} is mapped to ${to}, which no category declares`, { value: from, to });
    }
  }
}

function checkColours({ colours, values, ignore }: ConversionRules, declared: ReadonlySet<number>): void {
  if (colours === null) return;
  if (values.length + ignore.length > 0) throw invalidColours('values are mapped or ignored as well', {});
  if (colours.length > MAX_COLOURS) {
    throw invalidColours(`it names ${colours.length} colours; ${MAX_COLOURS} are allowed`, { count: colours.length });
  }
  const seen = new Set<number>();
  for (const [name, value] of colours) {
    const colour = parseColour(name);
    if (colour === null) throw invalidColours(`${name} is no colour such as #ff0000`, { colour: name });
    if (seen.has(colour)) throw invalidColours(`the colour ${name} is named twice`, { colour: name });
    seen.add(colour);
    if (value !== 0 && !declared.has(value)) {
      throw invalidColours(`${name} counts as ${value}, which no category declares`, { colour: name, value });
    }
  }
}

function invalidColours(problem: string, facts: Record<string, number | string>): MaskloopError {
  return new MaskloopError('InvalidLabelMap', `The label map cannot be used: ${problem}.`, { facts });
}

function invalid(problem: string, facts: Record<string, number>): MaskloopError {
  return new MaskloopError('InvalidValueMap', `The values cannot be mapped: ${problem}.`, { facts });
}
