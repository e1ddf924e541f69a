import { z } from 'zod';
import { define, readsMany, readsOne } from '../define.ts';
import { iterationPage } from '../schemas/iteration-row.ts';
import { iterationView, receipt } from '../schemas/iteration-view.ts';
import { verification } from '../schemas/verification.ts';

/** What the list is narrowed to; all that is given has to hold. */
export const iterationFilter = z.strictObject({
  state: z.enum(['running', 'done']).optional(),
  connection: z.string().optional(),
  project: z.string().optional(),
  step: z.string().optional(),
  waitingFor: z.string().optional(),
  attention: z.enum(['true', 'false']).optional().describe('whether a person has to decide'),
  deadlineBefore: z.iso.datetime().optional().describe('people have time at most until then'),
  person: z.string().optional().describe('user name in CVAT of somebody who was given jobs or reviews them'),
});
export type IterationFilter = z.output<typeof iterationFilter>;

export const listIterations = define({
  ...readsMany,
  id: 'listIterations',
  path: '/iterations',
  tag: 'iterations',
  summary: 'Running and finished iterations, those that began last first',
  role: 'viewer',
  query: iterationFilter.extend({
    limit: z.coerce.number().int().min(1).max(1000).optional().describe('at most so many; 50 if left out'),
    cursor: z.string().max(3000).optional().describe('`next` of the page before'),
  }),
  answer: iterationPage,
});

export const resolveIteration = define({
  ...readsMany,
  id: 'resolveIteration',
  path: '/iterations/resolve',
  tag: 'iterations',
  summary: 'The one iteration that is meant by an id, a unique beginning of one, or nothing',
  role: 'viewer',
  query: z.strictObject({
    given: z.string().max(1000).optional(),
    among: z.enum(['running', 'finished', 'any']),
  }),
  answer: z.object({ id: z.string() }),
});

export const describeIteration = define({
  ...readsOne,
  id: 'describeIteration',
  path: '/iterations/{id}',
  tag: 'iterations',
  summary: 'All that is known of an iteration, and why its present activity has not ended',
  answer: iterationView,
});

export const readReceipt = define({
  ...readsOne,
  id: 'readReceipt',
  path: '/iterations/{id}/receipt',
  tag: 'iterations',
  summary: 'The receipt of an iteration; null if it has none (yet)',
  answer: z.object({ receipt: receipt.nullable() }),
});

export const verifyReceipt = define({
  ...readsOne,
  id: 'verifyReceipt',
  path: '/iterations/{id}/verification',
  tag: 'iterations',
  summary: 'The receipt held against the store: every hash and count; reads all that belongs to it',
  role: 'lead',
  answer: verification,
});

export const readPage = define({
  ...readsOne,
  id: 'readReceiptPage',
  path: '/iterations/{id}/page',
  tag: 'iterations',
  summary: 'The receipt as one page for a browser',
  produces: 'text/html',
  answer: z.string(),
});
