import { describe, expect, it } from '@jest/globals';
import { eachInTurn } from '../../../src/simulation/each-in-turn.ts';

const forever = new AbortController().signal;
const turn = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work on many items', () => {
  it('is done in their order, no more than so many at a time', async () => {
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      running += 1;
      most = Math.max(most, running);
      await turn();
      running -= 1;
    };
    await eachInTurn([1, 2, 3, 4, 5], 2, work, forever);
    expect(begun).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('ends with the first failure, is told to the others, and begins nothing more', async () => {
    const begun: number[] = [];
    const told: boolean[] = [];
    const work = async (item: number, signal: AbortSignal): Promise<void> => {
      begun.push(item);
      if (item === 1) throw new Error('no');
      await turn();
      told.push(signal.aborted);
    };
    await expect(eachInTurn([1, 2, 3, 4], 2, work, forever)).rejects.toThrow('no');
    expect(begun).toEqual([1, 2]);
    expect(told).toEqual([true]);
  });
});
