import { z } from 'zod';
import type { Role } from '../../contracts/role.ts';
import { connectionOfId, define, idParams, noBody, nothing } from '../define.ts';
import { iterationFilter } from './iterations.ts';

/** What is done to an iteration by its name alone, and the least role that may. */
export const STEERING: Readonly<Record<'pause' | 'resume' | 'cancel' | 'retry' | 'skip' | 'seal' | 'wake', Role>> = {
  pause: 'operator',
  resume: 'operator',
  cancel: 'operator',
  retry: 'lead',
  skip: 'lead',
  seal: 'lead',
  wake: 'lead',
};

const SUMMARIES: Readonly<Record<keyof typeof STEERING, string>> = {
  pause: 'No new step begins',
  resume: 'Goes on after a pause',
  cancel: 'Ends the iteration; nothing is deleted in CVAT',
  retry: 'Does the step that waits for a decision again',
  skip: 'Goes on without the step that waits for a decision',
  seal: 'Freezes the labels without the rest of the quiet period',
  wake: 'Reads CVAT now',
};

/** The endpoint of each. */
export function steering(what: keyof typeof STEERING) {
  return define({
    id: `${what}Iteration`,
    method: 'POST',
    path: `/iterations/{id}/${what}`,
    tag: 'steering',
    summary: SUMMARIES[what],
    role: STEERING[what],
    reach: 'one',
    connectionOf: connectionOfId,
    changes: true,
    params: idParams,
    query: nothing,
    body: noBody,
    answer: null,
  });
}

const ofLead = {
  method: 'POST',
  tag: 'steering',
  role: 'lead',
  reach: 'one',
  connectionOf: connectionOfId,
  changes: true,
  params: idParams,
  query: nothing,
} as const;

export const approve = define({
  ...ofLead,
  id: 'approveIteration',
  path: '/iterations/{id}/approve',
  summary: 'Goes on in spite of what was found, or publishes the model that waits',
  body: z.strictObject({ carry: z.boolean().describe('list the frames of open jobs for the next iteration') }),
  answer: null,
});

export const decline = define({
  ...ofLead,
  id: 'declineIteration',
  path: '/iterations/{id}/decline',
  summary: 'Keeps the model from before instead of the one that waits',
  body: noBody,
  answer: null,
});

export const extend = define({
  ...ofLead,
  id: 'extendIteration',
  path: '/iterations/{id}/extend',
  summary: 'Moves the deadline to a time, or by a time; one of the two is null',
  body: z.strictObject({ until: z.iso.datetime().nullable(), byMs: z.int().nullable() }),
  answer: z.object({ deadline: z.string() }),
});

export const reassign = define({
  ...ofLead,
  id: 'reassignIteration',
  path: '/iterations/{id}/reassign',
  summary: 'Gives open jobs of one person to another, in CVAT',
  body: z.strictObject({ from: z.string().min(1), to: z.string().min(1), job: z.int().nullable() }),
  answer: z.object({ jobs: z.array(z.number()).readonly() }),
});

export const steerMany = define({
  id: 'steerIterations',
  method: 'POST',
  path: '/iterations/bulk',
  tag: 'steering',
  summary: 'Does the same to all running iterations that a filter holds for, and says of each what came of it',
  role: 'operator',
  reach: 'filtered',
  changes: true,
  params: nothing,
  query: nothing,
  body: z.strictObject({
    what: z.enum(['retry', 'pause', 'resume']),
    filter: iterationFilter.omit({ state: true }),
  }),
  answer: z.object({
    results: z.array(
      z.object({
        id: z.string(),
        done: z.boolean(),
        code: z.string().nullable().describe('why not'),
        message: z.string().nullable(),
      }),
    ),
  }),
});
