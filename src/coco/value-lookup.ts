import type { ConversionRules } from '../contracts/conversion.ts';

/** Samples are smaller, so that a value moved up by this much is told apart from every category. */
export const IGNORED = 2 ** 16;

/**
 * What each sample counts as: a value from 0 to 65,535, or, for those that are ignored, the sample plus {@link IGNORED}.
 *
 * @returns 2^16 entries, or null where every sample counts as itself
 */
export function valueLookup({ values, ignore }: ConversionRules): Uint32Array | null {
  if (values.length === 0 && ignore.length === 0) return null;
  const lookup = Uint32Array.from({ length: IGNORED }, (_, value) => value);
  for (const [from, to] of values) lookup[from] = to;
  for (const value of ignore) lookup[value] = IGNORED + value;
  return lookup;
}
