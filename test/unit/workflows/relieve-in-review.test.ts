import { describe, expect, it } from '@jest/globals';
import type { IterationState } from '../../../src/contracts/iteration.ts';
import type { ReviewRecord } from '../../../src/contracts/waiting.ts';
import { relieveInReview } from '../../../src/workflows/wait-state.ts';

/** The record after a deadline gave the open jobs of others to these people. */
function after(review: ReviewRecord, people: readonly string[]): ReviewRecord | undefined {
  const state = { wait: { approved: [], review } } as unknown as IterationState;
  return relieveInReview(state, people).wait?.review;
}

describe('rejected jobs of somebody whose open jobs a deadline gave away', () => {
  it('go to those who are named, never to who reviews them, and spread over them', () => {
    const review = { annotators: { carl: [1, 2, 3], ana: [9] }, reviewers: { ben: [1] }, picked: null };
    expect(after(review, ['ana', 'ben'])?.annotators).toEqual({ ana: [9, 1], ben: [2, 3] });
  });

  it('go back to their annotator where only their reviewer is named, and stay nobody’s where they were', () => {
    const review = { annotators: { carl: [1], '': [2] }, reviewers: { ben: [1] }, picked: null };
    expect(after(review, ['ben'])).toEqual(review);
  });
});
