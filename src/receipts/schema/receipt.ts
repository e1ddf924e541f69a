import { z } from 'zod';
import type { FailureCode } from '../../contracts/failures.ts';
import { STEPS, type Decision } from '../../contracts/iteration.ts';
import { assignment, completion, dataset, guard, imported, labelTable, task } from './cvat-results.ts';
import { inputSchema } from './input.ts';
import { comparison, labels, origins, seal, sealCheck } from './label-results.ts';
import { modelBefore, promotion } from './gate-results.ts';
import { stopping } from './loop-results.ts';
import { count, time } from './refs.ts';
import { corrections, trainingSet } from './set-results.ts';
import { evaluation, model, predictions, submission, training } from './training-results.ts';

const step = z.enum(STEPS);
/** A kind of decision, of this version or of another one. */
const decided = z.custom<Decision['what']>((value) => typeof value === 'string');
/** A code of this version or of another one. */
const code = z.custom<FailureCode>((value) => typeof value === 'string');
const nullable = { text: z.string().nullable(), number: z.number().nullable() };

const resultsSchema = z.object({
  predictions: predictions.exactOptional().describe('masks that a model has predicted'),
  dataset: dataset.exactOptional().describe('masks as a COCO document'),
  task: task.exactOptional().describe('task in CVAT'),
  guard: guard.exactOptional().describe('what the task held before the import'),
  imported: imported.exactOptional().describe('pre-annotations in the task'),
  labelTable: labelTable.exactOptional().describe('classes as each side knows them'),
  assignment: assignment.exactOptional().describe('whom jobs were given to'),
  completion: completion.exactOptional().describe('when people were done'),
  seal: seal.exactOptional().describe('the seal'),
  labels: labels.exactOptional().describe('final labels'),
  origins: origins.exactOptional().describe('where the shapes of an observed task come from'),
  comparison: comparison.exactOptional().describe('pre-annotations compared with final labels'),
  sealCheck: sealCheck.exactOptional().describe('last look at the task after the seal'),
  corrections: corrections.exactOptional().describe('edits after earlier receipts'),
  submission: submission.exactOptional().describe('what was given to the trainer'),
  modelBefore: modelBefore.exactOptional().describe('the model that was published before'),
  trainingSet: trainingSet.exactOptional().describe('what was trained on'),
  trainingSetAfter: trainingSet.exactOptional().describe('the same, looked at after the training'),
  training: training.exactOptional().describe('the training'),
  model: model.exactOptional().describe('the new model'),
  evaluation: evaluation.exactOptional().describe('the new model on held-out frames'),
  promotion: promotion.exactOptional().describe('what became of the new model'),
  stopping: stopping.exactOptional().describe('what may end the loop'),
});

const cvatSchema = z.object({
  readAt: time.describe('when'),
  unread: nullable.text.describe('code of the failure that kept it from being read'),
  version: nullable.text.describe('version'),
  projectId: nullable.number.describe('id of the project'),
  taskId: nullable.number.describe('id of the task'),
  taskName: nullable.text.describe('name of the task'),
  organizationId: nullable.number.describe('id of the organization; null in a personal workspace'),
  frames: nullable.number.describe('frames of the task'),
  segmentSize: nullable.number.describe('frames a job'),
  overlap: nullable.number.describe('frames that two neighbouring jobs share'),
});

const trainerSchema = z.object({
  readAt: time.describe('when'),
  unread: nullable.text.describe('code of the failure that kept it from being read'),
  kind: z.string().describe('kind of trainer'),
  address: z.string().describe('where it is'),
  stated: nullable.text.describe('its version as the operator states it'),
  openApiSha256: nullable.text.describe('SHA-256 of its OpenAPI document with sorted keys'),
});

const previous = z.object({
  number: count.describe('its number'),
  id: z.string().describe('its iteration'),
  sha256: z.string().describe('SHA-256 of its bytes'),
});

export const chainSchema = z.object({
  number: count.describe('from 1, without gaps'),
  previous: previous.nullable().describe('the receipt before; null for the first'),
});

/** A receipt as it is read; every field says what it is, which `docs/receipt.md` is made of. */
export const receiptSchema = z.object({
  schema: z.enum(['maskloop.receipt/1', 'maskloop.receipt/2']).describe('which fields there are'),
  id: z.string().describe('id of the iteration'),
  workflow: z
    .object({ runId: z.string().describe('last run'), firstRunId: z.string().describe('first run') })
    .describe("Temporal's runs"),
  startedAt: z.iso.datetime().describe('when the iteration began'),
  endedAt: z.iso.datetime().describe('when its last step began to be recorded'),
  input: inputSchema.describe('what it was started with'),
  categories: z
    .array(z.object({ id: count, name: z.string(), supercategory: z.string().exactOptional() }))
    .describe('classes of the masks'),
  results: resultsSchema.describe('what each step left behind; nothing of a step that was skipped'),
  steps: z
    .array(
      z.object({
        step: step.describe('step'),
        outcome: z.enum(['done', 'skipped']).describe('`done` or `skipped`'),
        startedAt: time.describe('when it began'),
        endedAt: time.describe('when it ended'),
      }),
    )
    .describe('steps in their order'),
  decisions: z
    .array(
      z.object({
        what: decided.describe('what was decided, as `retry`'),
        step: step.describe('at which step'),
        by: z.string().describe('by whom'),
        at: time.describe('when'),
        about: code.nullable().describe('code of the failure that was decided on'),
        detail: z.string().exactOptional().describe('what was asked for, in words'),
      }),
    )
    .describe('decisions of people in their order'),
  versions: z
    .object({
      maskloop: z.string().describe('version of maskloop'),
      cvat: nullable.text.describe('version of CVAT at the upload'),
      commit: nullable.text.exactOptional().describe('commit that the code was built from'),
    })
    .describe('versions'),
  chain: chainSchema.exactOptional().describe('its place among the receipts of its connection and project'),
  cvat: cvatSchema.nullable().exactOptional().describe('CVAT when the receipt was written'),
  trainer: trainerSchema.nullable().exactOptional().describe('what was trained with'),
});
