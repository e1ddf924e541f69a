import { describe, expect, it } from '@jest/globals';
import { MOST_IN_REVIEW, type ReviewOptions, type ReviewRecord } from '../../../src/contracts/waiting.ts';
import type { Job } from '../../../src/cvat/cvat.ts';
import { nextHandOvers } from '../../../src/waiting/next-hand-overs.ts';
import { NO_REVIEW } from '../../../src/waiting/review-record.ts';
import { job } from '../../kit/job.ts';

const ALL: ReviewOptions = { reviewers: ['rita', 'raul'], pick: { kind: 'all' } };

function next(
  jobs: readonly Job[],
  options: ReviewOptions = ALL,
  record: ReviewRecord = NO_REVIEW,
  isQuiet = (_: Job) => true,
) {
  return nextHandOvers(jobs, options, { iteration: 'P/T', record, isQuiet });
}

const done = (id: number, assignee: string | null = 'ana'): Job => job(id, { state: 'completed', assignee });
const IN_REVIEW: ReviewRecord = { annotators: { ana: [1] }, reviewers: { rita: [1] }, picked: null };

describe('what is handed over next', () => {
  it('is a completed job, to a reviewer, with the time of the job as it was seen', () => {
    expect(next([done(1), job(2)]).handOvers).toEqual([
      { job: 1, what: 'to review', to: 'rita', seenAt: done(1).updatedAt },
    ]);
  });

  it('is no job that somebody changed lately, unless its review is over', () => {
    const restless = (given: Job): boolean => given.id !== 1 && given.id !== 3;
    const reviewed = job(3, { stage: 'validation', state: 'completed', assignee: 'rita' });
    const found = next([done(1), done(2), reviewed], ALL, NO_REVIEW, restless).handOvers;
    expect(found.map(({ job: id, what }) => [id, what])).toEqual([
      [2, 'to review'],
      [3, 'accepted'],
    ]);
  });

  it('is spread over the reviewers by the frames that they have open, those of this plan included', () => {
    const busy = job(9, { stage: 'validation', state: 'in progress', assignee: 'rita', startFrame: 20, stopFrame: 22 });
    const given = next([done(1), done(2), done(3), busy]).handOvers.map(({ to }) => to);
    expect(given).toEqual(['raul', 'raul', 'rita']);
  });

  it('never goes to its annotator, also where that is a reviewer or was the annotator in an earlier round', () => {
    expect(next([done(1, 'rita')]).handOvers[0]?.to).toBe('raul');
    const record = { ...NO_REVIEW, annotators: { rita: [1] } };
    expect(next([done(1, 'ana')], ALL, record).handOvers[0]?.to).toBe('raul');
  });

  it('stays where the only reviewer is the annotator, and says so', () => {
    const found = next([done(1, 'rita')], { ...ALL, reviewers: ['rita'] });
    expect(found).toMatchObject({ handOvers: [], withoutReviewer: [1] });
  });

  it('is a job of nobody, to any reviewer', () => {
    expect(next([done(1, null)]).handOvers[0]).toMatchObject({ what: 'to review', to: 'rita' });
  });

  it('goes again to the reviewer who has had the job, however busy', () => {
    const busy = job(9, { stage: 'validation', state: 'new', assignee: 'rita', startFrame: 20, stopFrame: 60 });
    expect(next([done(1), busy], ALL, IN_REVIEW).handOvers).toMatchObject([{ job: 1, to: 'rita' }]);
  });

  it.each(['validation', 'acceptance'] as const)('is a job rejected at %s, back to its annotator', (stage) => {
    const rejected = job(1, { stage, state: 'rejected', assignee: 'rita' });
    expect(next([rejected], ALL, IN_REVIEW).handOvers).toMatchObject([{ what: 'back to annotation', to: 'ana' }]);
  });

  it('is not a rejected job that somebody else sent to review: its annotator is not known', () => {
    const rejected = job(1, { stage: 'validation', state: 'rejected', assignee: 'rita' });
    expect(next([rejected])).toMatchObject({ handOvers: [], withoutAnnotator: [1] });
  });

  it('is a job whose review is completed: it is accepted', () => {
    const reviewed = job(1, { stage: 'validation', state: 'completed', assignee: 'rita' });
    expect(next([reviewed], ALL, IN_REVIEW).handOvers).toMatchObject([{ what: 'accepted', to: null }]);
  });

  it.each([
    ['new', job(1)],
    ['in progress', job(1, { state: 'in progress' })],
    ['rejected at annotation', job(1, { state: 'rejected' })],
    ['in review', job(1, { stage: 'validation', state: 'in progress', assignee: 'rita' })],
    ['given to somebody else for review by hand', job(1, { stage: 'validation', state: 'new', assignee: 'zoe' })],
    ['accepted', job(1, { stage: 'acceptance', state: 'completed' })],
    ['at acceptance and open', job(1, { stage: 'acceptance', state: 'new' })],
  ])('is not a job that is %s', (_, listed) => {
    expect(next([listed], ALL, IN_REVIEW)).toEqual({ handOvers: [], withoutReviewer: [], withoutAnnotator: [] });
  });

  it('is at most twenty jobs at once, and no further one where the record is full', () => {
    const jobs = Array.from({ length: 30 }, (_, index) => done(index + 1));
    expect(next(jobs).handOvers).toHaveLength(20);
    const full = Array.from({ length: MOST_IN_REVIEW }, (_, index) => 1000 + index);
    expect(next([done(1)], ALL, { ...NO_REVIEW, annotators: { zoe: full } }).handOvers).toEqual([]);
    expect(next([done(1)], ALL, { ...NO_REVIEW, annotators: { zoe: full.slice(1) } }).handOvers).toHaveLength(1);
  });

  it('is a share of the jobs, the same at every look, and close to the share', () => {
    const jobs = Array.from({ length: 20 }, (_, index) => done(index + 1));
    const shares = (share: number) =>
      next(jobs, { ...ALL, pick: { kind: 'share', share } }).handOvers.map(({ job: id }) => id);
    expect(shares(0.3)).toEqual(shares(0.3));
    expect(shares(0.3).length).toBeGreaterThan(2);
    expect(shares(0.3).length).toBeLessThan(11);
    expect(shares(0.6)).toEqual(expect.arrayContaining([...shares(0.3)]));
    expect(shares(1)).toHaveLength(20);
  });

  it('are the jobs with the most changes once they are known, and none before', () => {
    const options: ReviewOptions = { ...ALL, pick: { kind: 'mostChanged', jobs: 1 } };
    expect(next([done(1), done(2)], options).handOvers).toEqual([]);
    expect(next([done(1), done(2)], options, { ...NO_REVIEW, picked: [2] }).handOvers).toMatchObject([{ job: 2 }]);
  });
});
