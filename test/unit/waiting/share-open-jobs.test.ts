import { describe, expect, it } from '@jest/globals';
import type { Job } from '../../../src/cvat/cvat.ts';
import { shareOpenJobs } from '../../../src/waiting/share-open-jobs.ts';
import { job } from '../../kit/job.ts';

/** Jobs of so many frames, one after the other, by whose they are. */
function jobsOf(
  ...all: readonly (readonly [assignee: string | null, frames: number, changes?: Partial<Job>])[]
): Job[] {
  let startFrame = 0;
  return all.map(([assignee, frames, changes], index) => {
    const stopFrame = startFrame + frames - 1;
    const made = job(index + 1, { assignee, startFrame, stopFrame, state: 'in progress', ...changes });
    startFrame += frames;
    return made;
  });
}

const shares = (jobs: readonly Job[], people: readonly string[]) =>
  shareOpenJobs(jobs, people, () => false).map(({ job: id, from, to }) => [id, from, to]);

describe('open jobs after a deadline', () => {
  it('go to the person with the fewest open frames, the one named first where it is equal', () => {
    const jobs = jobsOf(['ana', 6], ['carl', 4], [null, 4], ['carl', 3], ['ben', 1]);
    expect(shares(jobs, ['ana', 'ben'])).toEqual([
      [2, 'carl', 'ben'],
      [3, null, 'ben'],
      [4, 'carl', 'ana'],
    ]);
    expect(shares(jobsOf(['carl', 2], ['carl', 2]), ['ana', 'ben']).map(([, , to]) => to)).toEqual(['ana', 'ben']);
  });

  it('stay with those who are named, and completed jobs with everybody', () => {
    const completed = { state: 'completed' } as const;
    expect(shares(jobsOf(['ana', 9], ['carl', 1, completed], ['ben', 1]), ['ana', 'ben'])).toEqual([]);
    const accepted = { ...completed, stage: 'acceptance' } as const;
    const jobs = jobsOf(['carl', 1, completed], ['carl', 1, accepted]);
    expect(shares(jobs, ['ana'])).toEqual([]);
  });

  it('of whom frames that are done do not count', () => {
    const jobs = jobsOf(['ana', 50, { state: 'completed' }], ['ben', 1], ['carl', 1]);
    expect(shares(jobs, ['ben', 'ana'])).toEqual([[3, 'carl', 'ana']]);
  });

  it('are those of the stage annotation: a review, whoever began it, stays with its reviewers', () => {
    const stages = [
      { stage: 'validation', state: 'new' },
      { stage: 'acceptance', state: 'in progress' },
    ] as const;
    const jobs = jobsOf(
      ['rita', 2, stages[0]],
      ['raul', 2, stages[1]],
      ['carl', 2],
      ['carl', 2, { state: 'rejected' }],
    );
    expect(shares(jobs, ['ana'])).toEqual([
      [3, 'carl', 'ana'],
      [4, 'carl', 'ana'],
    ]);
  });

  it('of whom frames to review do not count', () => {
    const jobs = jobsOf(['ana', 50, { stage: 'validation', state: 'new' }], ['ben', 1], ['carl', 1]);
    expect(shares(jobs, ['ben', 'ana'])).toEqual([[3, 'carl', 'ana']]);
  });

  it('lie the same when it is done once more', () => {
    const before = jobsOf(['carl', 4], ['carl', 2], ['carl', 1], [null, 3]);
    const given = new Map(shareOpenJobs(before, ['ana', 'ben'], () => false).map(({ job: id, to }) => [id, to]));
    const after = before.map((each) => ({ ...each, assignee: given.get(each.id) ?? each.assignee }));
    expect(shares(after, ['ana', 'ben'])).toEqual([]);
  });
});
