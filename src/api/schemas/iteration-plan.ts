import { z } from 'zod';
import type { IterationPlan } from '../../contracts/plan.ts';
import { facts, failureCode } from './iteration-view.ts';

const count = z.number();
const text = z.string();

const trouble = z.object({ code: failureCode, message: text, action: text, facts, cvat: text.nullable() });

/** What a start would do. */
export const iterationPlan: z.ZodType<IterationPlan> = z.object({
  project: z.object({ name: text, id: count.nullable() }),
  task: z.object({ name: text, id: count.nullable(), url: text.nullable(), frames: count.nullable() }),
  observed: z.literal(true).exactOptional(),
  fromScratch: z.literal(true).exactOptional(),
  dataset: z.object({ masks: count, emptyMasks: count, shapes: count, bytes: count }).nullable(),
  prediction: z.object({ model: text, checksum: text.nullable(), frames: count.nullable() }).exactOptional(),
  labels: z.array(
    z.object({
      value: count,
      name: text,
      cvatLabel: z.boolean().nullable(),
      modelIndex: count.nullable(),
      frames: count,
      pixels: count,
    }),
  ),
  frames: z.object({ matched: count, withoutMask: count }).nullable(),
  jobs: z.array(
    z.object({
      job: count,
      frames: z.tuple([count, count]),
      stage: text,
      state: text,
      assignee: text.nullable(),
      shapes: count,
      action: z.enum(['send', 'keep', 'replace', 'leave', 'refuse']),
      reason: text,
    }),
  ),
  jobCount: count,
  holds: z
    .object({ shapes: count, tracks: count, tags: count, bySource: z.record(text, count), lost: count })
    .nullable(),
  inFlight: z.object({ status: text, createdAt: text, owner: text.nullable() }).nullable(),
  troubles: z.array(trouble),
  later: z.array(trouble).exactOptional(),
});
