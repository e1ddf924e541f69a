import { z } from 'zod';
import { LOOP_ANSWERS, type LoopInput, type LoopStatus } from '../../contracts/loop.ts';
import type { LoopPlan, PlannedChoice } from '../../contracts/loop-plan.ts';
import type { LoopPoint, StopFinding } from '../../contracts/stop-rules.ts';
import type { LoopView } from '../../operations/loops/describe-loop.ts';
import type { LoopRow } from '../../operations/loops/find-loops.ts';
import { artifactSchema } from '../../storage/artifact-schema.ts';
import { iterationPlan } from './iteration-plan.ts';
import { activity, failureCode, facts, iterationView } from './iteration-view.ts';

const text = z.string();
const count = z.number();
const share = z.number().nullable();

const place = { id: text, name: text, project: text, connection: text };

/** A loop in a list. */
export const loopRow: z.ZodType<LoopRow> = z.object({
  ...place,
  state: z.enum(['running', 'known']).describe('`known`: it does not run; the store has what it has chosen'),
  phase: text.nullable(),
  waitingFor: text.nullable(),
  since: text.nullable(),
  number: count.nullable().describe('the highest that frames were chosen for'),
});

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const finding: z.ZodType<StopFinding> = z.object({
  rule: z.enum(['plateau', 'target', 'corrections', 'budget', 'empty-pool']),
  action: z.enum(['stop', 'ask', 'note']),
  proposes: z.boolean(),
  value: share,
  limit: share,
  interval: z.object({ low: count, high: count }).nullable(),
  words: text,
});

const status: z.ZodType<LoopStatus> = z.object({
  ...place,
  number: count.nullable(),
  phase: z.enum(['selecting', 'iterating', 'asking', 'resting', 'stopped']),
  since: text,
  startedAt: text,
  paused: z.boolean(),
  iteration: text.nullable(),
  policy: artifactSchema,
  pace: z.enum(['continuous', 'schedule']).nullable(),
  edited: artifactSchema.nullable().describe('takes its place at the next iteration'),
  end: z.custom<LoopStatus['end']>(isObject).nullable().describe('ends after the iteration that runs'),
  begin: z.object({ by: text, at: text, reply: text.nullable() }).nullable(),
  trouble: z.object({ code: failureCode, message: text, action: text, facts, since: text }).nullable(),
  rests: text.nullable(),
  findings: z.array(finding),
  events: z.array(
    z.object({
      what: z.enum(['pause', 'resume', 'edit', 'stop', 'retry', 'skip', 'go on', 'begin']),
      by: text,
      at: text,
      detail: text.exactOptional(),
    }),
  ),
  choices: z.array(z.enum(LOOP_ANSWERS)).describe('what may be answered now'),
});

/** All that is known of a loop. */
export const loopView: z.ZodType<LoopView> = z.object({
  ...place,
  state: z.enum(['running', 'ended', 'lost']),
  workerAnswers: z.boolean(),
  status: status.nullable(),
  iteration: iterationView.nullable(),
  activities: z.array(activity),
  chosen: z.array(count).readonly().describe('numbers that frames were chosen for'),
});

/** An iteration on the learning curve. */
export const loopPoint: z.ZodType<LoopPoint> = z.object({
  number: count,
  id: text,
  startedAt: text,
  endedAt: text,
  frames: count.describe('with sealed labels'),
  dice: share.describe('mean on held-out frames, of the model that was published afterwards'),
  agreement: share.describe('mean Dice of pre-annotations and sealed labels'),
  corrections: share.describe('share of the pixels that people changed'),
  evaluation: artifactSchema.nullable(),
});

/** What the next iteration would do. */
export const loopPlan: z.ZodType<LoopPlan> = z.object({
  number: count,
  task: text,
  begins: z.enum(['as it is', 'nothing', 'predict', 'masks']),
  chosen: z
    .custom<PlannedChoice>(isObject)
    .nullable()
    .describe('frames, the pool that they are from, and the first of them'),
  tooFew: finding.nullable(),
  iteration: iterationPlan.nullable(),
});

/** A loop by a policy in the store. */
export const loopInput: z.ZodType<LoopInput> = z.strictObject({
  name: text.min(1).max(500),
  connection: text.min(1).max(500),
  project: text.min(1).max(500),
  policy: artifactSchema,
});
