import { describe, expect, it } from '@jest/globals';
import type { HandOver } from '../../../src/contracts/waiting.ts';
import { changedShapes, mostChanged } from '../../../src/waiting/pick-for-review.ts';
import { NO_REVIEW, NOBODY, personOf, recordBefore } from '../../../src/waiting/review-record.ts';
import { job } from '../../kit/job.ts';

const toReview = (id: number, to: string): HandOver => ({ job: id, what: 'to review', to, seenAt: 'x' });

describe('the record of a review', () => {
  it('holds whose a job was before it leaves them', () => {
    const jobs = [job(1, { assignee: 'ana', state: 'completed' }), job(2, { state: 'completed' })];
    const record = recordBefore(NO_REVIEW, jobs, {
      handOvers: [toReview(1, 'rita'), toReview(2, 'rita')],
      picked: null,
    });
    expect(record).toEqual({ annotators: { ana: [1], [NOBODY]: [2] }, reviewers: { rita: [1, 2] }, picked: null });
    expect([personOf(record.annotators, 1), personOf(record.annotators, 2), personOf(record.annotators, 3)]).toEqual([
      'ana',
      '',
      null,
    ]);
  });

  it('follows a job to another annotator, and forgets accepted jobs and those that are gone', () => {
    const before = { annotators: { ana: [1, 2, 3] }, reviewers: { rita: [1, 2, 3] }, picked: null };
    const jobs = [job(1, { assignee: 'ben', state: 'completed' }), job(2, { stage: 'acceptance', state: 'completed' })];
    const record = recordBefore(before, jobs, { handOvers: [toReview(1, 'raul')], picked: null });
    expect(record).toEqual({ annotators: { ben: [1] }, reviewers: { raul: [1] }, picked: null });
  });
});

describe('the most changed jobs', () => {
  it('are those with the most shapes that were not put there by us; the lower id first', () => {
    const shape = (source: string) => ({ source }) as never;
    expect(changedShapes({ shapes: [shape('auto'), shape('manual'), shape('semi-auto'), shape('file')] })).toBe(3);
    expect(
      mostChanged(
        new Map([
          [4, 1],
          [2, 5],
          [3, 5],
          [1, 0],
        ]),
        2,
      ),
    ).toEqual([2, 3]);
    expect(
      mostChanged(
        new Map([
          [4, 1],
          [3, 1],
        ]),
        1,
      ),
    ).toEqual([3]);
    expect(mostChanged(new Map([[4, 1]]), 9)).toEqual([4]);
  });
});
