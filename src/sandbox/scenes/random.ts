/** A reproducible source of random numbers. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** A real number from `low` to below `high`. */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** Approximately normal with mean 0 and standard deviation 1, within ±3.5. */
  normal(): number;
}

/**
 * A generator that yields the same numbers for the same keys, on every machine.
 * The state counts up by the golden ratio of 2^32 and is mixed by murmur3's finalizer.
 *
 * @param keys what the numbers depend on, such as a seed and a frame name
 */
export function createRandom(...keys: readonly (number | string)[]): Random {
  let state = hash(keys.join('\u0000'));
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return mix(state) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + (high - low) * next();
  return {
    next,
    between,
    integer: (low, high) => Math.floor(between(low, high + 1)),
    chance: (probability) => next() < probability,
    // Four uniforms have variance 1/3; their sum is close enough to a bell for camera noise.
    normal: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
  };
}

/** FNV-1a over UTF-16 units, as an unsigned 32-bit number. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return mix(value);
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
