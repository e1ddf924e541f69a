import { z } from 'zod';
import { PROMOTION_OUTCOMES } from '../../contracts/gate.ts';
import { artifact, count, time } from './refs.ts';

/** What the model before and the new one predict on the held-out frames, and what became of the new one. */

const share = z.number().nullable();
const agreement = { dice: share, iou: share };
const verdict = z.enum(['better', 'not better', 'first', 'floor missed', 'not measured']);
const reasons = z.array(z.string());

export const modelBefore = z.object({
  model: z.string().describe('model'),
  checksum: z.string().nullable().describe('`SHA256:…` of its file; null where none was published'),
  file: artifact.nullable().describe('the file'),
  manifest: artifact.nullable().describe('manifest of labels and predictions'),
  heldOut: artifact.describe('manifest of the frames that both models are measured on'),
  frames: count.describe('how many these are'),
  heldOutTask: z
    .object({
      id: z.string().describe('the iteration whose receipt counts'),
      seal: artifact.describe('what its task was sealed with'),
      edits: count.nullable().describe('edits since, which are not measured on; null where CVAT could not be asked'),
      list: artifact.nullable().describe('a JSON list of them; null for none'),
    })
    .exactOptional()
    .describe('where another task is held out: as what it counts'),
});

export const gate = z.object({
  before: z
    .object({ ...agreement, checksum: z.string() })
    .nullable()
    .describe('mean Dice and IoU of the model before'),
  after: z.object({ ...agreement, checksum: z.string() }).describe('mean Dice and IoU of the new model'),
  difference: share.describe('mean Dice after minus before'),
  interval: z
    .object({ low: z.number(), high: z.number(), draws: count, lossShare: z.number() })
    .nullable()
    .describe('95 % interval of the difference, drawn by group; null with fewer than two groups'),
  groups: count.describe('groups of frames'),
  classes: z
    .object({
      first: z.array(
        z.object({
          name: z.string(),
          before: z.object(agreement).nullable(),
          after: z.object(agreement),
          floor: share,
        }),
      ),
      total: count,
    })
    .describe('the same by class'),
  verdict: verdict.describe('which model is better'),
  reasons: reasons.describe('why, in words'),
});

export const promotion = z.object({
  verdict: verdict.describe('which model is better'),
  reasons: reasons.describe('why it was decided so, in words'),
  policy: z.enum(['always', 'if-better', 'ask']).describe('how it was to be decided'),
  outcome: z.enum(PROMOTION_OUTCOMES).describe('what became of the new model'),
  checksum: z.string().describe('`SHA256:…` of the new model'),
  published: z.string().nullable().describe('`SHA256:…` of the model that is published'),
  by: z.string().nullable().describe('who decided; null for the gate'),
  at: time.describe('when'),
});
