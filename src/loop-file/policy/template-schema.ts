import { z } from 'zod';
import { PEOPLE_SETTINGS } from '../../contracts/comparison.ts';
import { GATE_POLICIES, type GateOptions, type HeldOutSource } from '../../contracts/gate.ts';
import type { IterationTemplate } from '../../contracts/loop.ts';
import type { TimingOptions } from '../../contracts/timing.ts';
import { AT_DEADLINE, LAST_POLICIES, type MoreTime } from '../../contracts/deadline.ts';
import type { ReviewOptions } from '../../contracts/waiting.ts';
import { artifactSchema } from '../../storage/artifact-schema.ts';
import { folderSchema } from '../../storage/folder-schema.ts';
import { rulesSchema } from './parts-schema.ts';

const share = z.number().min(0).max(1);

const review: z.ZodType<ReviewOptions> = z.object({
  reviewers: z.array(z.string()).min(1),
  pick: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('share'), share }),
    z.object({ kind: z.literal('mostChanged'), jobs: z.int().min(1) }),
  ]),
});

/** Where held-out frames come from, in all kinds. */
export const heldOutSchema: z.ZodType<HeldOutSource> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('names'), list: artifactSchema }),
  z.object({ kind: z.literal('folder'), images: folderSchema, masks: folderSchema }),
  z.object({ kind: z.literal('task'), task: z.string() }),
  z.object({ kind: z.literal('ground-truth'), task: z.string().nullable() }),
]);

const more: z.ZodType<MoreTime> = z.object({
  byMs: z.number(),
  times: z.int().min(1),
  people: z.array(z.string()),
  last: z.enum(LAST_POLICIES),
});

const gate: z.ZodType<GateOptions> = z.object({
  policy: z.enum(GATE_POLICIES),
  floors: z.object({ all: share.nullable(), classes: z.record(z.string(), share) }),
});

const training: z.ZodType<IterationTemplate['training']> = z.object({
  model: z.string(),
  maxEpochs: z.int().nullable(),
  heldOutFraction: share,
  window: z.object({ from: z.string(), to: z.string(), timeZone: z.string() }).exactOptional(),
  heldOut: heldOutSchema.exactOptional(),
  group: z.string().exactOptional(),
  gate: gate.exactOptional(),
});

const timing: z.ZodType<TimingOptions> = z.object({
  heartbeatTimeoutMs: z.number(),
  unreachableAfterMs: z.number(),
  importStuckAfterMs: z.number().exactOptional(),
  stalledAfterMs: z.number().exactOptional(),
});

/** What all iterations of a loop have in common. */
export const templateSchema: z.ZodType<IterationTemplate> = z.object({
  suffix: z.string(),
  conversion: z.object({ rules: rulesSchema, shardSize: z.int().min(1) }),
  createProject: z.boolean(),
  syncLabels: z.boolean(),
  people: z.array(z.string()),
  segmentSize: z.int().nullable(),
  completion: z.object({
    rule: z.enum(['state', 'acceptance']),
    atLeast: share.exactOptional(),
    pollMs: z.number().min(1000),
  }),
  deadline: z.object({ afterMs: z.number(), policy: z.enum(AT_DEADLINE), more: more.exactOptional() }).exactOptional(),
  seal: z.object({ quietMs: z.number().min(0) }),
  review: review.exactOptional(),
  tellPeople: z.enum(PEOPLE_SETTINGS),
  training,
  timing,
});
