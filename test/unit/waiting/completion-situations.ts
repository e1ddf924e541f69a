import type { Job } from '../../../src/cvat/cvat.ts';
import type { Rules } from '../../../src/waiting/decide-completion.ts';

export const NOW = Date.parse('2026-01-15T12:00:00Z');
export const BEFORE = NOW - 1;
const LATER = NOW + 3_600_000;

export const open: Partial<Job> = { state: 'new' };
export const working: Partial<Job> = { state: 'in progress', assignee: 'ana' };
export const completed: Partial<Job> = { state: 'completed' };
export const rejected: Partial<Job> = { state: 'rejected' };
const inReview: Partial<Job> = { stage: 'validation', state: 'new', assignee: 'rev' };
const reviewed: Partial<Job> = { stage: 'validation', state: 'completed' };
const accepted: Partial<Job> = { stage: 'acceptance', state: 'completed' };
const reset: Partial<Job> = { stage: 'acceptance', state: 'new' };
const sentBack: Partial<Job> = { stage: 'acceptance', state: 'rejected' };

type Policy = Rules['policy'];

/** Jobs of two frames each, the rules, and what is decided: a word, and the jobs that it goes on without. */
export interface Situation {
  readonly name: string;
  readonly jobs: readonly Partial<Job>[];
  readonly rule?: Rules['rule'];
  readonly atLeast?: number;
  readonly deadline?: number;
  readonly policy?: Policy;
  readonly deleted?: readonly number[];
  readonly heldBack?: readonly number[];
  readonly outcome: 'all' | 'enough' | 'deadline' | 'pending' | 'overdue' | 'DeadlinePassed';
  readonly without?: readonly number[];
}

export const SITUATIONS: readonly Situation[] = [
  // States, without a deadline.
  { name: 'new jobs', jobs: [open, open], outcome: 'pending' },
  { name: 'one of two completed', jobs: [completed, open], outcome: 'pending' },
  { name: 'both in progress', jobs: [working, working], outcome: 'pending' },
  { name: 'both completed at annotation', jobs: [completed, completed], outcome: 'all' },
  { name: 'completed and rejected', jobs: [completed, rejected], outcome: 'pending' },
  { name: 'a completed one and one in review', jobs: [completed, inReview], outcome: 'pending' },
  { name: 'completed at three different stages', jobs: [completed, reviewed, accepted], outcome: 'all' },
  { name: 'one that is accepted, then sent back', jobs: [completed, sentBack], outcome: 'pending' },
  { name: 'one whose state a change of stage has reset', jobs: [completed, reset], outcome: 'pending' },
  { name: 'one single completed job', jobs: [completed], outcome: 'all' },
  // The rule of acceptance.
  {
    name: 'completed, but not accepted, where acceptance counts',
    jobs: [completed, accepted],
    rule: 'acceptance',
    outcome: 'pending',
  },
  {
    name: 'reviewed, but not accepted, where acceptance counts',
    jobs: [reviewed, accepted],
    rule: 'acceptance',
    outcome: 'pending',
  },
  {
    name: 'all accepted, where acceptance counts',
    jobs: [accepted, accepted],
    rule: 'acceptance',
    outcome: 'all',
  },
  {
    name: 'at acceptance and not completed, where acceptance counts',
    jobs: [accepted, reset],
    rule: 'acceptance',
    outcome: 'pending',
  },
  // A share of the frames.
  { name: 'half of the frames where 0.6 are asked for', jobs: [completed, open], atLeast: 0.6, outcome: 'pending' },
  {
    name: 'half of the frames where half are asked for',
    jobs: [completed, open],
    atLeast: 0.5,
    outcome: 'enough',
    without: [2],
  },
  {
    name: 'a third of the frames, all others deleted but one',
    jobs: [completed, open, open],
    deleted: [3, 4, 5],
    atLeast: 0.6,
    outcome: 'enough',
    without: [2, 3],
  },
  {
    name: 'nothing completed, whatever share',
    jobs: [open, open],
    atLeast: 0.01,
    outcome: 'pending',
  },
  {
    name: 'a completed job whose frames are all deleted, where a share is asked for',
    jobs: [completed, open],
    deleted: [0, 1],
    atLeast: 0.1,
    outcome: 'pending',
  },
  {
    name: 'jobs that overlap: a frame counts once',
    jobs: [
      { ...completed, startFrame: 0, stopFrame: 6 },
      { startFrame: 4, stopFrame: 9 },
    ],
    atLeast: 0.75,
    outcome: 'pending',
  },
  // Deadlines that have not come.
  { name: 'a deadline to come', jobs: [completed, open], deadline: LATER, outcome: 'pending' },
  { name: 'a deadline to come, all completed', jobs: [completed, completed], deadline: LATER, outcome: 'all' },
  {
    name: 'a deadline to come and enough',
    jobs: [completed, open],
    deadline: LATER,
    atLeast: 0.5,
    outcome: 'enough',
    without: [2],
  },
  // Deadlines that have passed.
  { name: 'a deadline of this very moment', jobs: [completed, open], deadline: NOW, outcome: 'DeadlinePassed' },
  { name: 'a passed deadline, all completed', jobs: [completed, completed], deadline: BEFORE, outcome: 'all' },
  {
    name: 'a passed deadline, a person is to decide',
    jobs: [completed, open],
    deadline: BEFORE,
    outcome: 'DeadlinePassed',
  },
  {
    name: 'a passed deadline, a person knows',
    jobs: [completed, open],
    deadline: BEFORE,
    policy: 'wait',
    outcome: 'overdue',
  },
  {
    name: 'a passed deadline with the policy to go on',
    jobs: [completed, open, rejected],
    deadline: BEFORE,
    policy: 'continue',
    outcome: 'deadline',
    without: [2, 3],
  },
  {
    name: 'a passed deadline with the policy to carry',
    jobs: [open, completed],
    deadline: BEFORE,
    policy: 'carry',
    outcome: 'deadline',
    without: [1],
  },
  {
    name: 'a passed deadline and nothing to go on with',
    jobs: [open, working],
    deadline: BEFORE,
    policy: 'continue',
    outcome: 'DeadlinePassed',
  },
  {
    name: 'a passed deadline and nothing to carry from',
    jobs: [open, working],
    deadline: BEFORE,
    policy: 'carry',
    outcome: 'DeadlinePassed',
  },
  {
    name: 'a passed deadline, all frames of the completed job deleted',
    jobs: [completed, open],
    deleted: [0, 1],
    deadline: BEFORE,
    policy: 'continue',
    outcome: 'DeadlinePassed',
  },
  {
    name: 'a passed deadline where only accepted jobs count',
    jobs: [reviewed, accepted],
    rule: 'acceptance',
    deadline: BEFORE,
    policy: 'continue',
    outcome: 'deadline',
    without: [1],
  },
  {
    name: 'a passed deadline, too small a share',
    jobs: [completed, open, open],
    atLeast: 0.5,
    deadline: BEFORE,
    outcome: 'DeadlinePassed',
  },
  // Reviews.
  {
    name: 'completed jobs that wait for their review',
    jobs: [completed, completed],
    heldBack: [2],
    outcome: 'pending',
  },
  {
    name: 'a passed deadline, a job still to be reviewed',
    jobs: [completed, completed],
    heldBack: [2],
    deadline: BEFORE,
    policy: 'continue',
    outcome: 'deadline',
    without: [2],
  },
  // No job at all never counts as complete, even if somebody should ask.
  { name: 'no jobs', jobs: [], outcome: 'pending' },
  {
    name: 'no jobs, a share and a deadline',
    jobs: [],
    atLeast: 0.1,
    deadline: BEFORE,
    policy: 'continue',
    outcome: 'DeadlinePassed',
  },
];
