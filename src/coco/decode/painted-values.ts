import type { ConversionRules } from '../../contracts/conversion.ts';
import { MaskloopError } from '../../contracts/error.ts';

/**
 * The value in which each category is painted, and background under 0: the inverse of what values count as. A category is
 * painted in the first value that is mapped to it, else in its id; background in 0 unless 0 is mapped to something else, then
 * in the first value that is mapped to 0. Ignored values are painted nowhere. Masks painted so convert by the same
 * rules to the same categories.
 *
 * @param rules checked already, see `maskReading`
 * @param used ids of the categories that have pixels, from 1
 * @returns values from 0 to 65,535, each once, by category id
 * @throws MaskloopError `InvalidValueMap` if no value counts as one of `used` or as background
 */
export function paintedValues(
  rules: Pick<ConversionRules, 'values' | 'ignore'>,
  used: Iterable<number>,
): ReadonlyMap<number, number> {
  const named = new Map<number, number>();
  for (const [from, to] of rules.values) if (!named.has(to)) named.set(to, from);
  const others = new Set([...rules.values.map(([from]) => from), ...rules.ignore]);
  const itself = (id: number): number | undefined => (others.has(id) ? undefined : id);
  const painted = new Map<number, number>([[0, itself(0) ?? named.get(0) ?? nothingCounts(0, rules)]]);
  for (const id of used) painted.set(id, named.get(id) ?? itself(id) ?? nothingCounts(id, rules));
  return painted;
}

function nothingCounts(id: number, { values }: Pick<ConversionRules, 'values' | 'ignore'>): never {
  const pair = values.find(([from]) => from === id);
  const what = id === 0 ? 'background' : `category ${id}`;
  const why = pair === undefined ? 'is ignored' : `is mapped to ${pair[1]}`;
  throw new MaskloopError(
    'InvalidValueMap',
    `No value of a pixel counts as ${what}, which the masks need: ${id} itself ${why}. Map a value to it.`,
    { facts: { value: id } },
  );
}
