import { describe, expect, it } from '@jest/globals';
import { withinMemory } from './within-memory.ts';

const MB = 2 ** 20;

describe('the bound on memory', () => {
  it('passes what stays below it, and gives its answer', () => {
    expect(withinMemory(8 * MB, () => new Uint8Array(MB).length)).toBe(MB);
  });

  it('notices an array that is not used any more and was never written to', () => {
    expect(() => withinMemory(8 * MB, () => void new Uint8Array(64 * MB))).toThrow(/bytes of arrays/);
  });

  it('notices the highest resident memory, also where the action fails', () => {
    const passing = (): never => {
      new Uint8Array(400 * MB).fill(1);
      throw new Error('refused');
    };
    expect(() => withinMemory(8 * MB, passing)).toThrow(/bytes of resident memory/);
  });
});
