import { z } from 'zod';
import type { ListPage } from '../../operations/lists/iteration-index.ts';
import type { ListedIteration } from '../../operations/lists/listed-iteration.ts';

const rowFields = {
  id: z.string(),
  state: z.enum(['running', 'done']),
  project: z.string(),
  task: z.string(),
  connection: z.string(),
  step: z.string(),
  waitingFor: z.string(),
  since: z.string(),
  startedAt: z.string(),
};

/** One line of the list as it is filtered. */
const listedIteration: z.ZodType<ListedIteration> = z.object({
  ...rowFields,
  attention: z.boolean().describe('a person has to decide'),
  deadline: z
    .string()
    .nullable()
    .describe('until when people have time; null for no deadline, or where no worker tells'),
  people: z.array(z.string()).describe('user names in CVAT of those who were given jobs or review them'),
});

/** A page of the list. */
export const iterationPage: z.ZodType<ListPage> = z.object({
  iterations: z.array(listedIteration),
  next: z.string().nullable().describe('cursor of the next page; null at the end'),
  truncated: z.boolean().describe('true if more iterations run than are looked at'),
  away: z.literal('temporal').exactOptional().describe('there while Temporal does not answer: what runs is missing'),
});
