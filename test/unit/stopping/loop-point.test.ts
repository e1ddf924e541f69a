import { describe, expect, it } from '@jest/globals';
import { loopPoint } from '../../../src/stopping/loop-point.ts';

describe('the point of an iteration', () => {
  it('has its numbers and nothing else of what it is made of', () => {
    const receipt = {
      id: 'P/Iteration_2',
      number: 2,
      startedAt: '2026-01-01T00:00:00Z',
      endedAt: '2026-01-02T00:00:00Z',
      results: {},
      input: { task: 'Iteration_2' },
      steps: [],
    };
    expect(loopPoint(receipt)).toEqual({
      id: 'P/Iteration_2',
      number: 2,
      startedAt: '2026-01-01T00:00:00Z',
      endedAt: '2026-01-02T00:00:00Z',
      frames: 0,
      dice: null,
      agreement: null,
      corrections: null,
      evaluation: null,
    });
  });
});
