/**
 * Round numbers that cover a range: multiples of 1, 2 or 5 times a power of ten ("nice numbers for graph labels", Heckbert
 * 1990, Graphics Gems).
 *
 * @param most about how many are wanted, at least 2
 * @returns ascending, at least two; the first is not above `low`, the last not below `high`
 */
export function niceTicks(low: number, high: number, most = 6): readonly number[] {
  const least = 1e-9 * Math.max(Math.abs(low), Math.abs(high), 1);
  const range = high - low > least ? high - low : Math.max(Math.abs(high), 1);
  const step = niceStep(range / (most - 1));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toFixed(digits)));
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}
