import { z } from 'zod';
import { define, readsMany } from '../define.ts';
import { fact } from '../schemas/iteration-view.ts';

/** Who changed what, and from where. */
export const auditEntry = z.object({
  schema: z.literal('maskloop.audit/1'),
  at: z.string(),
  who: z.string(),
  role: z.string(),
  from: z.string().describe('address of the caller'),
  what: z.string().describe('operationId of the request'),
  connection: z.string().nullable(),
  on: z.record(z.string(), z.string()).describe('parameters of the path'),
  asked: fact.describe('the whole body; null for none, a login and a file'),
  status: z.int(),
  code: z.string().nullable().describe('why it was refused'),
  results: fact.optional().describe('of a change of many things, what came of each'),
});
export type AuditEntry = z.output<typeof auditEntry>;

export const readAudit = define({
  ...readsMany,
  id: 'readAudit',
  path: '/audit',
  tag: 'system',
  summary: 'Changes of one day, the last first',
  role: 'operator',
  query: z.strictObject({
    day: z.iso.date().optional().describe('UTC; today if left out'),
    limit: z.coerce.number().int().min(1).max(1000).optional().describe('at most so many; 100 if left out'),
  }),
  answer: z.object({ entries: z.array(auditEntry) }),
});
