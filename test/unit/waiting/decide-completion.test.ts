import { describe, expect, it } from '@jest/globals';
import type { Job } from '../../../src/cvat/cvat.ts';
import { decideCompletion } from '../../../src/waiting/decide-completion.ts';
import { job } from '../../kit/job.ts';
import {
  BEFORE,
  completed,
  NOW,
  open,
  rejected,
  SITUATIONS,
  working,
  type Situation,
} from './completion-situations.ts';

function decide({
  jobs,
  rule = 'state',
  atLeast = 1,
  deadline,
  policy = 'attention',
  deleted = [],
  heldBack = [],
}: Situation) {
  const listed = jobs.map((changes, index) => job(index + 1, changes));
  const looked = { jobs: listed, deletedFrames: deleted, isHeldBack: ({ id }: Job) => heldBack.includes(id) };
  return decideCompletion(looked, { rule, atLeast, deadlineMs: deadline ?? null, policy }, NOW);
}

describe('whether people are done', () => {
  it.each(SITUATIONS.map((situation) => [situation.name, situation] as const))('is decided for %s', (_, situation) => {
    const verdict = decide(situation);
    const { outcome } = situation;
    if (outcome === 'pending' || outcome === 'overdue') {
      expect(verdict).toMatchObject({ kind: 'pending', isOverdue: outcome === 'overdue' });
    } else if (outcome === 'DeadlinePassed') {
      expect(verdict).toMatchObject({ kind: 'attention', code: outcome });
    } else {
      expect(verdict).toMatchObject({ kind: 'complete', why: outcome, unfinished: situation.without ?? [] });
    }
  });

  it('counts frames once, without deleted ones, and says who has how many open', () => {
    const { counts } = decide({
      name: '',
      jobs: [completed, working, { ...working, assignee: 'ben' }, { ...rejected, assignee: 'ana' }, open],
      deleted: [1, 3],
      outcome: 'pending',
    });
    expect(counts).toMatchObject({ jobs: 5, completed: 1, frames: 8, completedFrames: 1 });
    expect(counts.open).toEqual({
      people: [
        { who: 'ana', jobs: 2, frames: 3 },
        { who: null, jobs: 1, frames: 2 },
        { who: 'ben', jobs: 1, frames: 2 },
      ],
      rejected: [4],
    });
  });

  it('names the frames that are in no completed job: an overlapped frame of a completed one is labelled', () => {
    const jobs = [
      { ...completed, startFrame: 0, stopFrame: 3 },
      { startFrame: 3, stopFrame: 6 },
      { startFrame: 9, stopFrame: 9 },
    ];
    const verdict = decide({ name: '', jobs, deadline: BEFORE, policy: 'carry', deleted: [5], outcome: 'deadline' });
    expect(verdict).toMatchObject({
      unfinishedFrames: [
        [4, 4],
        [6, 6],
        [9, 9],
      ],
    });
  });

  it.each([0.07, 0.29, 0.57, 0.58, 0.9])('takes exactly %d of a hundred frames as enough', (share) => {
    const done = Math.round(share * 100);
    const jobs = [
      { ...completed, startFrame: 1, stopFrame: done },
      { startFrame: done + 1, stopFrame: 100 },
    ];
    expect(decide({ name: '', jobs, atLeast: share, outcome: 'enough' })).toMatchObject({ why: 'enough' });
    const less = [
      { ...completed, startFrame: 1, stopFrame: done - 1 },
      { startFrame: done, stopFrame: 100 },
    ];
    expect(decide({ name: '', jobs: less, atLeast: share, outcome: 'pending' })).toMatchObject({ kind: 'pending' });
  });
});
