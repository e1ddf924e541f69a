import { z } from 'zod';
import type { ProjectCategories } from '../../contracts/project-categories.ts';
import { artifactSchema } from '../../storage/artifact-schema.ts';
import { define, noBody, nothing } from '../define.ts';
import { iterationInput } from '../schemas/iteration-input.ts';
import { iterationPlan } from '../schemas/iteration-plan.ts';

const ofOperator = { method: 'POST', tag: 'starting', role: 'operator', reach: 'one', params: nothing } as const;

export const startIteration = define({
  ...ofOperator,
  id: 'startIteration',
  path: '/iterations',
  summary: 'Starts an iteration, or joins the running one of the same id and inputs',
  connectionOf: ({ body }) => body.input.connection,
  changes: true,
  query: nothing,
  body: z.strictObject({ input: iterationInput, again: z.boolean() }),
  answer: z.object({ id: z.string(), outcome: z.enum(['started', 'joined']) }),
});

export const planIteration = define({
  ...ofOperator,
  id: 'planIteration',
  path: '/iterations/plan',
  summary: 'What a start with this input would do; changes nothing',
  connectionOf: ({ body }) => body.input.connection,
  changes: false,
  query: nothing,
  body: z.strictObject({ input: iterationInput }),
  answer: iterationPlan,
});

const categories: z.ZodType<ProjectCategories> = z.object({
  categories: artifactSchema,
  rows: z.array(z.object({ value: z.number(), name: z.string() })),
  classes: z.number(),
});

export const projectCategories = define({
  ...ofOperator,
  method: 'GET',
  id: 'projectCategories',
  path: '/project-categories',
  summary: 'The labels of a CVAT project as categories',
  connectionOf: ({ query }) => query.connection,
  changes: false,
  query: z.strictObject({ connection: z.string().min(1), project: z.string().min(1) }),
  body: noBody,
  answer: categories,
});
