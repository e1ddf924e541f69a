import { z } from 'zod';
import { artifact, count, time } from './refs.ts';

/** What training and evaluation left behind. */

export const submission = z.object({
  manifest: artifact.describe('manifest of what was submitted'),
  training: count.describe('frames that were trained on'),
  heldOut: count.describe('frames that were held out'),
});

export const training = z.object({
  model: z.string().describe('model'),
  taskId: z.string().describe("the trainer's id of the training"),
  runName: z.string().describe('name of the run'),
  tryNumber: count.describe('which training of the iteration'),
  submittedAt: time.describe('when'),
  previousRunStart: count.nullable().describe('start of the run before, in seconds since 1970'),
  joined: z.boolean().describe('whether an earlier try had started it'),
});

export const model = z.object({
  model: z.string().describe('model'),
  checksum: z.string().describe('`SHA256:…` of its file'),
  epochs: count.describe('epochs'),
  trainerMetric: z
    .object({ name: z.string(), value: z.number() })
    .nullable()
    .describe("best value of the trainer's own metric"),
});

export const evaluation = z.object({
  manifest: artifact.describe('manifest of labels and predictions'),
  frames: count.describe('held-out frames'),
  meanDice: z.number().nullable().describe('mean Dice over the classes that occur'),
  perClass: z.record(z.string(), z.number().nullable()).describe('Dice by class; null for one that is absent'),
});
