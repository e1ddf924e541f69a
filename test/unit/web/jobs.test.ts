import { describe, expect, it } from '@jest/globals';
import type { IterationOfJobs, Job } from '../../../web/src/pages/jobs/board.ts';
import { kindOf, pickJobs } from '../../../web/src/pages/jobs/job-filter.ts';
import { jobsByPerson } from '../../../web/src/pages/jobs/people.ts';
import { givingWords, ONLY_OBSERVED, whyNotAll, whyNotGiven } from '../../../web/src/pages/jobs/selection.ts';
import { peopleOf, whoKey } from '../../../web/src/pages/jobs/who.ts';

const job = (number: number, changes: Partial<Job> = {}): Job => ({
  id: 'P/T',
  job: number,
  url: `http://cvat/tasks/1/jobs/${number}`,
  person: 'anna',
  stage: 'annotation',
  state: 'new',
  frames: [0, 1],
  frameCount: 2,
  updatedAt: '2026-01-01T00:00:00Z',
  openIssues: 0,
  isComplete: false,
  isOverdue: false,
  isRejected: false,
  isReopened: false,
  isUntouchedFast: null,
  ...changes,
});
const iteration = (id: string, people: IterationOfJobs['people'] = 'names'): IterationOfJobs => ({
  id,
  taskUrl: null,
  people,
  isOnlyObserved: false,
  deadline: null,
  forecast: null,
  openIssues: 0,
  failure: null,
});
const numbers = (jobs: readonly Job[]): readonly number[] => jobs.map((one) => one.job);

describe('the jobs page', () => {
  it('shows the most urgent jobs first', () => {
    const jobs = [
      job(1, { isComplete: true }),
      job(2, { updatedAt: '2026-01-03T00:00:00Z' }),
      job(3, { updatedAt: '2026-01-02T00:00:00Z' }),
      job(4, { isReopened: true }),
      job(5, { isRejected: true }),
      job(6, { isOverdue: true }),
    ];
    const people = peopleOf([iteration('P/T')]);
    expect(numbers(pickJobs(jobs, { kind: 'all', who: null, people }))).toEqual([6, 5, 4, 3, 2, 1]);
    expect(numbers(pickJobs(jobs, { kind: 'rejected', who: null, people }))).toEqual([5]);
  });

  it('shows open jobs to an address that names no kind it knows', () => {
    expect([kindOf(null), kindOf('nonsense'), kindOf('overdue')]).toEqual(['open', 'open', 'overdue']);
  });

  it('takes a user name for the same person everywhere, and a pseudonym for somebody else in each iteration', () => {
    const jobs = [
      job(1),
      job(2, { id: 'P/U' }),
      job(3, { id: 'P/V', person: 'person 1' }),
      job(4, { id: 'P/W', person: 'person 1' }),
      job(5, { person: null }),
    ];
    const iterations = [
      iteration('P/T'),
      iteration('P/U'),
      iteration('P/V', 'pseudonyms'),
      iteration('P/W', 'pseudonyms'),
    ];
    const groups = jobsByPerson({ iterations, jobs });
    expect(groups.map((group) => [whoKey(group.who), numbers(group.jobs)])).toEqual([
      ['anna', [1, 2]],
      ['P/V person 1', [3]],
      ['P/W person 1', [4]],
      ['', [5]],
    ]);
    const who = { person: 'person 1', of: 'P/W' };
    expect(numbers(pickJobs(jobs, { kind: 'all', who, people: peopleOf(iterations) }))).toEqual([4]);
  });

  it('offers to give away what is open and what somebody has, also where people are not told apart', () => {
    const observed = { ...iteration('P/O'), isOnlyObserved: true };
    const iterations = new Map([iteration('P/T'), iteration('P/N', 'none'), observed].map((one) => [one.id, one]));
    const jobs = [
      job(1),
      job(2, { person: null }),
      job(3, { isComplete: true }),
      job(4, { id: 'P/N', person: null }),
      job(5, { id: 'P/O' }),
    ];
    expect(jobs.map((one) => whyNotGiven(one, iterations))).toEqual([
      null,
      expect.stringContaining('nobody has'),
      'It is complete.',
      null,
      ONLY_OBSERVED,
    ]);
    expect(whyNotAll(jobs, iterations)).toEqual([expect.stringContaining('nobody has'), ONLY_OBSERVED]);
    expect(whyNotAll([job(1), job(3, { isComplete: true })], iterations)).toEqual([]);
  });

  it('says of how many jobs of what iteration somebody becomes the assignee', () => {
    const text = givingWords([job(1), job(2, { id: 'north/P/A%20b~2' }), job(3)], 'ben');
    expect(text).toContain('ben becomes the assignee of 3 jobs: 2 of P / T, 1 of north / P / A b (2).');
  });
});
