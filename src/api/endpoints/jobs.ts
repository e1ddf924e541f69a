import { z } from 'zod';
import { connectionOfId, define, idParams, noBody, nothing, readsMany } from '../define.ts';
import { iterationOfJobs, jobRow } from '../schemas/job.ts';

const flag = z.enum(['true', 'false']).optional();
const edits = flag.describe('also look into completed jobs for `isUntouchedFast`; takes a request a job in CVAT');

export const iterationJobs = define({
  id: 'iterationJobs',
  method: 'GET',
  path: '/iterations/{id}/jobs',
  tag: 'jobs',
  summary: 'The jobs of an iteration as CVAT has them now',
  role: 'viewer',
  reach: 'one',
  connectionOf: connectionOfId,
  changes: false,
  params: idParams,
  query: z.strictObject({ edits }),
  body: noBody,
  answer: z.object({ iteration: iterationOfJobs, jobs: z.array(jobRow).readonly() }),
});

export const listJobs = define({
  ...readsMany,
  id: 'listJobs',
  path: '/jobs',
  tag: 'jobs',
  summary: 'The jobs of all iterations that run, and when each may be done; what is given has to hold',
  role: 'viewer',
  query: z.strictObject({
    connection: z.string().optional(),
    project: z.string().optional(),
    person: z.string().optional().describe('as the list names people; empty for jobs that nobody has'),
    open: flag,
    overdue: flag,
    rejected: flag,
    reopened: flag,
    untouchedFast: flag,
    edits,
  }),
  answer: z.object({
    iterations: z.array(iterationOfJobs).readonly(),
    jobs: z.array(jobRow).readonly(),
    truncated: z.boolean().describe('true if more iterations run than are looked at'),
  }),
});

export const reassignJobs = define({
  id: 'reassignJobs',
  method: 'POST',
  path: '/jobs/reassign',
  tag: 'jobs',
  summary: 'Gives open jobs of any iterations to a person, in CVAT, and says of each what came of it',
  role: 'lead',
  reach: 'filtered',
  changes: true,
  params: nothing,
  query: nothing,
  body: z.strictObject({
    jobs: z
      .array(z.strictObject({ id: idParams.shape.id, job: z.int() }))
      .min(1)
      .max(200),
    to: z.string().min(1).max(500).describe('user name in CVAT'),
  }),
  answer: z.object({
    results: z.array(
      z.object({
        id: z.string(),
        job: z.number(),
        done: z.boolean(),
        code: z.string().nullable().describe('why not'),
        message: z.string().nullable(),
      }),
    ),
  }),
});
