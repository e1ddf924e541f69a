import { z } from 'zod';
import { define, nothing, readsMany } from '../define.ts';
import { modelVersion, publishModelResult } from '../schemas/model.ts';

export const listModels = define({
  ...readsMany,
  id: 'listModels',
  path: '/models',
  tag: 'models',
  summary: 'The models that the register knows',
  role: 'viewer',
  query: z.strictObject({ connection: z.string().optional(), model: z.string().optional() }),
  answer: z.object({ models: z.array(modelVersion).readonly() }),
});

export const publishModel = define({
  id: 'publishModel',
  method: 'POST',
  path: '/models/publish',
  tag: 'models',
  summary: 'Publishes a model of the register by hand; without a checksum the one before the present one',
  role: 'operator',
  reach: 'filtered',
  changes: true,
  params: nothing,
  query: nothing,
  body: z.strictObject({
    connection: z.string().nullable(),
    model: z.string().nullable(),
    checksum: z.string().nullable(),
    note: z.string().max(2000).optional().describe('why; the register keeps it'),
  }),
  answer: publishModelResult,
});
