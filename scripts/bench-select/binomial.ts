/** Logarithm of `n!`. */
function logFactorial(n: number): number {
  let sum = 0;
  for (let factor = 2; factor <= n; factor += 1) sum += Math.log(factor);
  return sum;
}

/**
 * The central interval of a binomial distribution: the smallest counts with at most `tail` of the probability below and above.
 *
 * @param n tries
 * @param p chance of each, between 0 and 1
 */
export function binomialInterval(n: number, p: number, tail = 0.005): { readonly low: number; readonly high: number } {
  const shares = Array.from({ length: n + 1 }, (_, k) =>
    Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) + k * Math.log(p) + (n - k) * Math.log(1 - p)),
  );
  const quantile = (from: readonly number[]): number => {
    let below = 0;
    return from.findIndex((share) => (below += share) > tail);
  };
  return { low: quantile(shares), high: n - quantile(shares.toReversed()) };
}
