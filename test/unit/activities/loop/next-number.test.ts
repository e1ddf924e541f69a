import { describe, expect, it } from '@jest/globals';
import { nextNumber } from '../../../../src/activities/loop/next-number.ts';
import type { NumbersTaken } from '../../../../src/activities/loop/numbers-taken.ts';
import type { LoopPolicy } from '../../../../src/contracts/loop.ts';
import type { Task } from '../../../../src/cvat/cvat.ts';

const task = {} as Task;

function taken(done: number[], chosen: number[] = [], tasks: number[] = []): NumbersTaken {
  const byNumber = new Map(tasks.map((number) => [number, task]));
  return { done: new Set(done), chosen: new Set(chosen), tasks: byNumber };
}

const SKIP: Pick<LoopPolicy, 'heldOutTask' | 'existingTasks'> = { heldOutTask: null, existingTasks: 'skip' };
const ADOPT = { ...SKIP, existingTasks: 'adopt' } as const;
const HELD_OUT = { ...SKIP, heldOutTask: { frames: 5 } };
const fresh = (number: number) => ({ number, task: 'new', begun: false });

describe('the next number of a loop', () => {
  it('is 1 at the beginning, or the task of held-out frames', () => {
    expect(nextNumber(SKIP, taken([]), null)).toEqual(fresh(1));
    expect(nextNumber(HELD_OUT, taken([]), null)).toEqual(fresh(0));
    expect(nextNumber(HELD_OUT, taken([0]), 0)).toEqual(fresh(1));
    expect(nextNumber(SKIP, taken([]), 0)).toEqual(fresh(1));
  });

  it('comes after the last receipt, as a number', () => {
    expect(nextNumber(SKIP, taken([1, 2, 9, 10]), null)).toEqual(fresh(11));
    expect(nextNumber(SKIP, taken([1, 2]), 2)).toEqual(fresh(3));
  });

  it('goes on with what was chosen last, and not with what was skipped before it', () => {
    expect(nextNumber(SKIP, taken([1, 2], [1, 2, 3], [1, 2, 3]), null)).toEqual({
      number: 3,
      task: 'new',
      begun: true,
    });
    expect(nextNumber(SKIP, taken([1], [1, 2, 3], [1, 2, 3]), null)).toMatchObject({ number: 3, begun: true });
    expect(nextNumber(SKIP, taken([1, 3], [1, 2, 3]), null)).toEqual(fresh(4));
    expect(nextNumber(HELD_OUT, taken([1], [1]), null)).toEqual(fresh(2));
    expect(nextNumber(HELD_OUT, taken([], [0]), null)).toMatchObject({ number: 0, begun: true });
  });

  it('is the task of held-out frames first, whatever was done by hand before', () => {
    expect(nextNumber(HELD_OUT, taken([1, 2], [], [1, 2, 3]), null)).toEqual(fresh(0));
    expect(nextNumber(HELD_OUT, taken([0, 1, 2], [0]), 1)).toEqual(fresh(3));
    expect(nextNumber(HELD_OUT, taken([0, 1]), null)).toEqual(fresh(2));
  });

  it('takes tasks of people also below a receipt, and chooses frames above it', () => {
    const tasks = [1, 2, 4, 5];
    expect(nextNumber(ADOPT, taken([5], [], tasks), null)).toEqual({ number: 1, task: 'there', begun: false });
    expect(nextNumber(ADOPT, taken([1, 2, 5], [], tasks), 3)).toEqual({ number: 4, task: 'there', begun: false });
    expect(nextNumber(ADOPT, taken([1, 2, 4, 5], [], tasks), 5)).toEqual(fresh(6));
    expect(nextNumber(SKIP, taken([5], [], tasks), null)).toEqual(fresh(6));
  });

  it('goes past tasks that people have made, or takes them one by one', () => {
    const tasks = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(nextNumber(SKIP, taken([], [], tasks), null)).toEqual(fresh(10));
    expect(nextNumber(ADOPT, taken([], [], tasks), null)).toEqual({ number: 1, task: 'there', begun: false });
    expect(nextNumber(ADOPT, taken([1], [], tasks), 2)).toMatchObject({ number: 2, task: 'there' });
    expect(nextNumber(ADOPT, taken(tasks, [], tasks), 10)).toEqual(fresh(10));
  });
});
