/**
 * A quantile of values, with a straight line between the two that are next to it (type 7 of Hyndman and Fan 1996, as NumPy has it).
 *
 * @param values at least one, in any order
 * @param share from 0 to 1; 0.5 is the median
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}
