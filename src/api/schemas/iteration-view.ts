import { z } from 'zod';
import type { Fact, Facts } from '../../contracts/error.ts';
import type { DeadlineNow } from '../../contracts/deadline.ts';
import { isFailureCode, type FailureCode } from '../../contracts/failures.ts';
import { STEPS, WAITING_FOR, type IterationResults, type IterationStatus } from '../../contracts/iteration.ts';
import type { Receipt } from '../../contracts/receipt.ts';
import type { TrainingTurns } from '../../contracts/training-turns.ts';
import type { IterationView } from '../../operations/describe-iteration.ts';
import type { PendingActivity } from '../../operations/pending-activities.ts';
import { receiptSchema } from '../../receipts/schema/receipt.ts';

/** Any JSON. */
export const fact: z.ZodType<Fact> = z.json();
export const facts: z.ZodType<Facts> = z.record(z.string(), fact);
export const failureCode = z.string().refine((text): text is FailureCode => isFailureCode(text));

/** A receipt; `docs/receipt.md` has its fields. */
export const receipt: z.ZodType<Receipt> = z.custom<Receipt>((value) => receiptSchema.safeParse(value).success);

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const time = z.string();

/** An activity that has not ended, and why. */
export const activity: z.ZodType<PendingActivity> = z.object({
  name: z.string(),
  attempt: z.number(),
  startedAt: time.nullable(),
  nextAttemptAt: time.nullable(),
  lastFailure: z.object({ code: z.string().nullable(), message: z.string(), facts }).nullable(),
  heartbeat: fact,
});

const trainee = z.object({ id: z.string(), firstRunId: z.string(), since: time });
const turns: z.ZodType<TrainingTurns> = z.object({ holder: trainee.nullable(), waiting: z.array(trainee) });

const status: z.ZodType<IterationStatus> = z.object({
  id: z.string(),
  project: z.string(),
  task: z.string(),
  connection: z.string(),
  step: z.enum([...STEPS, 'done']),
  since: time,
  waitingFor: z.enum(WAITING_FOR),
  paused: z.boolean(),
  cancelled: z.literal(true).exactOptional().describe('it ends once its training has ended'),
  trouble: z.object({ code: failureCode, message: z.string(), action: z.string(), facts, since: time }).nullable(),
  choices: z.array(z.enum(['retry', 'skip', 'approve', 'decline', 'extend', 'cancel'])),
  deadline: z.custom<DeadlineNow>(isObject).nullable().exactOptional().describe('until when people have time'),
  steps: z.array(
    z.object({ step: z.enum(STEPS), outcome: z.enum(['done', 'skipped']), startedAt: time, endedAt: time }),
  ),
  unasked: z.array(z.enum(STEPS)).exactOptional().describe('steps that it was never asked for'),
  results: z.custom<IterationResults>(isObject).describe('what each step left behind, as on the receipt'),
  turn: z.object({ turns: z.string(), hasTurn: z.boolean() }).nullable().exactOptional(),
  opensAt: time.nullable().exactOptional(),
  converted: z.object({ done: z.number(), total: z.number() }).nullable(),
  startedAt: time,
});

/** All that can be known of one iteration. */
export const iterationView: z.ZodType<IterationView> = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed', 'terminated']),
  workerAnswers: z.boolean(),
  status: status.nullable(),
  index: z
    .object({
      project: z.string(),
      task: z.string(),
      step: z.string(),
      waitingFor: z.string(),
      since: time.nullable(),
    })
    .nullable(),
  startedAt: time,
  endedAt: time.nullable(),
  activities: z.array(activity),
  turns: turns.nullable(),
  receipt: receipt.nullable(),
  away: z
    .literal('temporal')
    .exactOptional()
    .describe('there while Temporal does not answer: all of this is from the receipt, and the iteration may run again'),
});
