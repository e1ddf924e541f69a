import { z } from 'zod';
import { MODEL_EVENTS } from '../../contracts/model-register.ts';
import type { PublishModelResult } from '../../contracts/publish-model.ts';
import type { ModelVersion } from '../../models/model-versions.ts';

/** What the register knows of one model file. */
export const modelVersion: z.ZodType<ModelVersion> = z.object({
  connection: z.string(),
  model: z.string(),
  trainer: z.string().nullable(),
  checksum: z.string(),
  isCurrent: z.boolean(),
  event: z.enum(MODEL_EVENTS),
  iteration: z.string().nullable(),
  dice: z.number().nullable(),
  classes: z
    .record(z.string(), z.number().nullable())
    .describe('Dice by class, of the first 20; null for a class that is nowhere'),
  frames: z.number().nullable().describe('held-out frames that it was measured on; null where it was not'),
  by: z.string().nullable(),
  at: z.string(),
  reasons: z.array(z.string()),
});

/** What a publication by hand has done. */
export const publishModelResult: z.ZodType<PublishModelResult> = z.object({
  connection: z.string(),
  model: z.string(),
  checksum: z.string(),
  before: z.string().nullable(),
});
