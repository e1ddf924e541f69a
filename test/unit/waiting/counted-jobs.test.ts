import { describe, expect, it } from '@jest/globals';
import type { TaskRef } from '../../../src/contracts/refs.ts';
import type { Job } from '../../../src/cvat/cvat.ts';
import { addedJobs, countedJobs } from '../../../src/waiting/counted-jobs.ts';
import { TASK } from '../../kit/fake-activities.ts';
import { job } from '../../kit/job.ts';

const AT_UPLOAD: TaskRef = { ...TASK, jobs: 2, jobIds: [[1, 2]], organizationId: null };
const WITHOUT_IDS: TaskRef = { ...TASK, jobs: 2 };

describe('the jobs that count', () => {
  it('are those of type annotation: no ground truth, no replica', () => {
    const listed = [
      job(1),
      job(2),
      job(3, { type: 'ground_truth' }),
      job(4, { type: 'consensus_replica', parentJobId: 1 }),
    ];
    expect(countedJobs(listed, AT_UPLOAD).map(({ id }) => id)).toEqual([1, 2]);
  });

  const LISTS: readonly (readonly [string, readonly Job[], TaskRef, string])[] = [
    ['an empty list', [], AT_UPLOAD, 'JobsMissing'],
    ['an empty list where no ids were noted', [], WITHOUT_IDS, 'JobsMissing'],
    ['a shorter list', [job(1)], AT_UPLOAD, 'JobsMissing'],
    ['a shorter list where no ids were noted', [job(1)], WITHOUT_IDS, 'JobsMissing'],
    ['other jobs, as many', [job(8), job(9)], AT_UPLOAD, 'JobsMissing'],
    ['more jobs, without one that was there', [job(1), job(8), job(9)], AT_UPLOAD, 'JobsMissing'],
    ['ground truth instead of annotation', [job(1), job(2, { type: 'ground_truth' })], AT_UPLOAD, 'JobsMissing'],
    ['replicas instead of annotation', [job(1), job(2, { parentJobId: 1 })], WITHOUT_IDS, 'JobsMissing'],
    ['another project', [job(1, { projectId: 5 }), job(2, { projectId: 5 })], AT_UPLOAD, 'TaskMoved'],
    ['no project', [job(1, { projectId: null }), job(2, { projectId: null })], WITHOUT_IDS, 'TaskMoved'],
    ['another organization', [job(1, { organizationId: 3 }), job(2, { organizationId: 3 })], AT_UPLOAD, 'TaskMoved'],
  ];
  it.each(LISTS)('are never taken from %s', (_, listed, task, code) => {
    expect(() => countedJobs(listed, task)).toThrow(expect.objectContaining({ code }));
  });

  it('may grow: jobs that came after the upload are waited for as well', () => {
    const jobs = countedJobs([job(1), job(2), job(5)], AT_UPLOAD);
    expect(jobs).toHaveLength(3);
    expect(addedJobs(jobs, AT_UPLOAD)).toEqual([5]);
    expect(addedJobs(jobs, WITHOUT_IDS)).toEqual([]);
  });
});
