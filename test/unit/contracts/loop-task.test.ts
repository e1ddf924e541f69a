import { describe, expect, it } from '@jest/globals';
import { loopTaskName, loopTaskNumber } from '../../../src/contracts/loop-task.ts';

describe('the names of the tasks of a loop', () => {
  it('hold the number as it is, whatever else is in them', () => {
    for (const pattern of ['Iteration_{n}', '{n}', 'a{n}1', '$&{n}$1', 'batch {n} of 2026']) {
      for (const number of [0, 1, 2, 9, 10, 12, 1000, 123_456_789]) {
        expect(loopTaskNumber(pattern, loopTaskName(pattern, number))).toBe(number);
      }
    }
    expect(loopTaskName('Iteration_{n}', 10)).toBe('Iteration_10');
    expect(loopTaskName('Iteration_{n}', 0)).toBe('Iteration_held_out');
  });

  it('are no others', () => {
    const names = ['Iteration_', 'Iteration_09', 'Iteration_1a', 'iteration_1', 'Iteration_0', 'Iteration_-1', 'x_1'];
    for (const name of [...names, 'Iteration_1e3', 'Iteration_99999999999999999']) {
      expect([name, loopTaskNumber('Iteration_{n}', name)]).toEqual([name, null]);
    }
    expect(loopTaskNumber('aa{n}aa', 'aaa')).toBeNull();
  });
});
