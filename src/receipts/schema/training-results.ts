import { z } from 'zod';
import { gate } from './gate-results.ts';
import { artifact, count, time } from './refs.ts';
import { amendment, notAmended } from './set-results.ts';

/** What predictions, training and evaluation left behind. */

export const predictions = z.object({
  manifest: artifact.describe('manifest of the predicted masks'),
  frames: count.describe('frames that were predicted'),
  model: z.string().describe('model'),
  checksum: z.string().describe('`SHA256:…` of its file'),
  file: artifact.describe('the file'),
});

export const submission = z.object({
  manifest: artifact.describe('manifest of what was submitted'),
  training: count.describe('frames that were trained on'),
  heldOut: count.describe('frames that were held out'),
  unmeasured: z
    .object({
      copies: count.describe('the very pictures of other held-out frames of the task'),
      others: count.describe('those that other iterations hold out'),
      first: z.array(z.string()).describe('the first 10, each with the reason'),
    })
    .exactOptional()
    .describe('those of them that no model was measured on'),
  putBack: count.exactOptional().describe('labels of earlier iterations that were put back'),
  removed: count.exactOptional().describe('labels that were taken out'),
  tookUp: z
    .object({
      count: count.describe('how many'),
      first: z.array(z.string()).describe('ids of the first 10'),
      labels: count.describe('labels of them'),
    })
    .exactOptional()
    .describe('earlier iterations that had not trained, and whose labels are trained on from this one on'),
  notTakenUp: z
    .object({
      count: count.describe('how many'),
      first: z
        .array(notAmended)
        .describe('the first 10, each with the reason; a frame, or null for all of an iteration'),
    })
    .exactOptional()
    .describe('what was to be trained on from this one on, and is not yet'),
  amendments: z
    .array(amendment)
    .exactOptional()
    .describe('labels of earlier iterations that were replaced, the first 10'),
  allAmendments: z
    .object({ count: count.describe('how many'), list: artifact.describe('a JSON list of all') })
    .exactOptional()
    .describe('where there are more'),
  withdrawn: z
    .object({ excluded: count, forgotten: count })
    .exactOptional()
    .describe('sealed frames that were not submitted since people excluded or forgot them'),
  groundTruth: z
    .object({
      taskId: count.describe("CVAT's id of the task"),
      job: count.describe("CVAT's id of the job"),
      frames: count.describe('its frames'),
      seal: artifact.describe('what it held, as the seal of a task'),
    })
    .exactOptional()
    .describe('the ground truth job whose frames were held out'),
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
  metrics: z
    .object({
      name: z.string().describe('its name in the store'),
      file: artifact.describe('the same as it was at the end'),
      points: count.describe('its lines'),
    })
    .exactOptional()
    .describe('course of the training, one JSON line an epoch'),
});

export const evaluation = z.object({
  manifest: artifact.describe('manifest of labels and predictions'),
  frames: count.describe('held-out frames'),
  forgotten: count
    .exactOptional()
    .describe('held-out frames that were forgotten since the model before was measured, and count for neither'),
  file: artifact.exactOptional().describe('file of the new model'),
  meanDice: z.number().nullable().describe('mean Dice over all classes that occur'),
  perClass: z
    .record(z.string(), z.number().nullable())
    .describe('Dice by class, of the first 20; null for one that is absent'),
  classes: artifact.exactOptional().describe('all classes before and after, as JSON, where there are more'),
  gate: gate.exactOptional().describe('the model before and the new one, compared'),
});
