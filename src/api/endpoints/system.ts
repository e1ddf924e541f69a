import { z } from 'zod';
import { LEVELS, type Finding } from '../../contracts/doctor.ts';
import type { Pollers } from '../../operations/pollers.ts';
import { define, noBody, nothing, readsMany } from '../define.ts';

const pollers: z.ZodType<Pollers> = z.object({
  workflow: z.array(z.string()),
  activity: z.array(z.string()),
  lastSeen: z.string().nullable(),
  backlog: z
    .object({ tasks: z.number(), oldestMs: z.number() })
    .nullable()
    .describe('about how many tasks wait for a worker; null where Temporal does not count them'),
});

const finding: z.ZodType<Finding> = z.object({
  level: z.enum(LEVELS).describe('`unknown` cannot be found out by looking'),
  message: z.string(),
  action: z.string().nullable(),
  code: z.string().exactOptional().describe('of the catalogue, where a failure of it was found'),
});

export const readWorkers = define({
  id: 'readWorkers',
  method: 'GET',
  path: '/workers',
  tag: 'system',
  summary: 'Who asks Temporal for work',
  role: 'viewer',
  reach: 'none',
  changes: false,
  params: nothing,
  query: nothing,
  body: noBody,
  answer: pollers,
});

/** Findings about one thing, under a title. */
export const findingGroup = z.object({
  title: z.string(),
  findings: z.array(finding).readonly(),
  connections: z
    .array(z.string())
    .readonly()
    .exactOptional()
    .describe('whose servers the findings are about; absent where they are about none in particular'),
});

export const inspectSystem = define({
  ...readsMany,
  id: 'inspectSystem',
  path: '/system',
  tag: 'system',
  summary: 'Temporal, workers, store, CVAT and MONAI Label, as seen from the server and from a worker',
  role: 'viewer',
  query: z.strictObject({ connection: z.string().optional(), project: z.string().optional() }),
  answer: z.object({ groups: z.array(findingGroup).readonly() }),
});

export const mendSystem = define({
  id: 'mendSystem',
  method: 'POST',
  path: '/system/mend',
  tag: 'system',
  summary: 'The same, after registering search attributes that Temporal lacks, and the webhook of the project',
  role: 'operator',
  reach: 'all',
  changes: true,
  params: nothing,
  query: nothing,
  body: z.strictObject({ connection: z.string().nullable(), project: z.string().nullable() }),
  answer: z.object({ groups: z.array(findingGroup).readonly() }),
});
