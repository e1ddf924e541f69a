/**
 * Slope of the least-squares line through values that are one step apart, in units a step.
 *
 * @param values at least two
 */
export function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [together, steps] = [0, 0];
  for (const [at, value] of values.entries()) {
    together += (at - middle) * (value - mean);
    steps += (at - middle) ** 2;
  }
  return together / steps;
}
