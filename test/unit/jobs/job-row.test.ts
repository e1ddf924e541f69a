import { describe, expect, it } from '@jest/globals';
import type { JobSeen } from '../../../src/contracts/look.ts';
import { jobRows, type JobsOf } from '../../../src/jobs/job-row.ts';

const NOW = Date.parse('2026-03-10T12:00:00.000Z');

function job(number: number, changes: Partial<JobSeen> = {}): JobSeen {
  return {
    job: number,
    person: 'ana',
    stage: 'annotation',
    state: 'completed',
    frames: [0, 9],
    updatedAt: '2026-03-10T10:00:00.000Z',
    openIssues: 0,
    isUntouched: null,
    ...changes,
  };
}

const OF: JobsOf = {
  id: 'P/T',
  taskUrl: 'https://cvat.example/tasks/7',
  people: 'names',
  rule: 'state',
  deadline: null,
  reopened: [],
};
const at = (seconds: number): string => new Date(Date.parse('2026-03-10T10:00:00.000Z') + 1000 * seconds).toISOString();

describe('the rows of jobs', () => {
  it('lead to the job in CVAT, and count its frames', () => {
    expect(jobRows([job(3, { frames: [20, 24] })], OF, NOW)).toMatchObject([
      { id: 'P/T', url: 'https://cvat.example/tasks/7/jobs/3', frameCount: 5, isComplete: true },
    ]);
  });

  it('name people as the iteration is to tell them apart', () => {
    const jobs = [job(1, { person: 'ben' }), job(2), job(3, { person: null }), job(4, { person: 'ben' })];
    const names = (people: JobsOf['people']) => jobRows(jobs, { ...OF, people }, NOW).map(({ person }) => person);
    expect(names('names')).toEqual(['ben', 'ana', null, 'ben']);
    expect(names('pseudonyms')).toEqual(['person 1', 'person 2', null, 'person 1']);
    expect(names('none')).toEqual([null, null, null, null]);
  });

  it('call open jobs overdue once the deadline has passed, rejected ones so, and those that were completed before reopened', () => {
    const jobs = [job(1), job(2, { state: 'rejected' }), job(3, { state: 'in progress' })];
    const rows = jobRows(jobs, { ...OF, deadline: '2026-03-10T11:00:00.000Z', reopened: [[1, 2]] }, NOW);
    expect(rows.map(({ isOverdue, isRejected, isReopened }) => [isOverdue, isRejected, isReopened])).toEqual([
      [false, false, false],
      [true, true, true],
      [true, false, false],
    ]);
    expect(jobRows(jobs, { ...OF, deadline: '2026-03-10T13:00:00.000Z' }, NOW).some((row) => row.isOverdue)).toBe(
      false,
    );
  });

  it('take a job for complete in its last stage alone, where the rule says so', () => {
    const jobs = [job(1), job(2, { stage: 'acceptance' })];
    expect(jobRows(jobs, { ...OF, rule: 'acceptance' }, NOW).map((row) => row.isComplete)).toEqual([false, true]);
  });

  it('show who completes untouched jobs faster than anybody looks at frames', () => {
    const untouched = { isUntouched: true };
    const jobs = [
      job(1, { ...untouched, updatedAt: at(0) }),
      // Ten frames in 20 s, in 40 s, and edited in 10 s.
      job(2, { ...untouched, updatedAt: at(20) }),
      job(3, { ...untouched, updatedAt: at(60) }),
      job(4, { isUntouched: false, updatedAt: at(70) }),
      // Another person's are not counted against the first one's.
      job(5, { ...untouched, person: 'ben', updatedAt: at(71) }),
    ];
    expect(jobRows(jobs, OF, NOW).map((row) => row.isUntouchedFast)).toEqual([null, true, false, false, null]);
  });

  it('say nothing of speed where nobody looked into the jobs', () => {
    const rows = jobRows([job(1), job(2, { updatedAt: at(1) })], OF, NOW);
    expect(rows.map((row) => row.isUntouchedFast)).toEqual([null, null]);
  });
});
