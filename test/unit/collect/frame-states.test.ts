import { describe, expect, it } from '@jest/globals';
import { frameStates } from '../../../src/collect/frame-states.ts';

const range = { startFrame: 0, stopFrame: 3 };

describe('the state of a frame', () => {
  it('is labelled only where every job that has it is complete', () => {
    const jobs = [
      { id: 1, startFrame: 0, stopFrame: 2, complete: true },
      { id: 2, startFrame: 2, stopFrame: 3, complete: false },
    ];
    expect(frameStates(5, jobs, [0])).toEqual(['deleted', 'labelled', 'unfinished', 'unfinished', 'unfinished']);
  });

  it('is that of the frames which a ground truth job is about, however far it reaches', () => {
    const truth = { id: 3, ...range, complete: true, frames: [1, 3] };
    expect(frameStates(4, [truth], [3])).toEqual(['unfinished', 'labelled', 'unfinished', 'deleted']);
    expect(frameStates(4, [{ ...truth, complete: false }], [])).toEqual(Array(4).fill('unfinished'));
  });
});
