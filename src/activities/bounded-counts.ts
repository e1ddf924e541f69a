/** More undeclared values than these are counted together; a history holds no table of 65,535 values. */
const MAX_VALUES = 20;

/** Counts by value, those after the twentieth together with what is counted as `other`. */
export function boundedCounts(counts: Readonly<Record<string, number>>): Record<string, number> {
  const { other = 0, ...named } = counts;
  const entries = Object.entries(named);
  const rest = entries.slice(MAX_VALUES).reduce((sum, [, pixels]) => sum + pixels, other);
  const shown = entries.slice(0, MAX_VALUES);
  return Object.fromEntries(rest > 0 ? [...shown, ['other', rest]] : shown);
}
