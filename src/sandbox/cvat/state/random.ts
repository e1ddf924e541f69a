/** A seeded source of chance, so that two stand-ins with one seed give the same keys and delays. */
export interface Random {
  /** From 0 up to but not including 1. */
  next(): number;
  hex(digits: number): string;
  /** Letters and digits. */
  letters(count: number): string;
  /** A version 4 UUID. */
  uuid(): string;
  /** A seed from which another source goes on where this one stands. */
  position(): number;
  resume(position: number): void;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A generator by the mulberry32 recurrence; not for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  function pick(alphabet: string, count: number): string {
    return Array.from({ length: count }, () => alphabet.charAt(Math.floor(next() * alphabet.length))).join('');
  }
  function hex(digits: number): string {
    return pick('0123456789abcdef', digits);
  }
  return {
    next,
    hex,
    letters: (count) => pick(LETTERS, count),
    position: () => state,
    resume: (position) => {
      state = position >>> 0;
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick('89ab', 1)}${hex(3)}-${hex(12)}`,
  };
}
