import { z } from 'zod';
import type { TrainingOptions } from '../../contracts/training.ts';
import type { ConversionRules } from '../../contracts/conversion.ts';
import { AT_DEADLINE, LAST_POLICIES, MOST_EXTENSIONS } from '../../contracts/deadline.ts';
import { GATE_POLICIES, type HeldOutSource } from '../../contracts/gate.ts';
import { IMPORT_SCOPES, type IterationInput } from '../../contracts/iteration.ts';
import { CHANNELS, NOTICE_KINDS, type NoticeOptions } from '../../contracts/notice.ts';
import { PEOPLE_SETTINGS } from '../../contracts/comparison.ts';
import type { ArtifactRef, FolderRef } from '../../contracts/refs.ts';
import type { CompletionOptions, ReviewOptions } from '../../contracts/waiting.ts';

/** More than any iteration needs, and little enough for a payload of Temporal. */
const MOST_NAMES = 200;

const name = z.string().min(1).max(500);
const names = z.array(name).max(MOST_NAMES);
const count = z.int().positive();
const ms = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** An artifact of the store: a caller of the API names no file of the machine. */
const artifact: z.ZodType<ArtifactRef> = z.strictObject({
  uri: z.string().regex(/^store:sha256\/[0-9a-f]{2}\/[0-9a-f]{64}$/),
  sha256: z.hash('sha256'),
  bytes: z.int().nonnegative(),
});

const folder: z.ZodType<FolderRef> = z.strictObject({
  uri: z.string().regex(/^(store:sha256\/[0-9a-f]{2}\/[0-9a-f]{64}|file:\/\/\/.*)$/),
  sha256: z.hash('sha256'),
  files: z.int().nonnegative(),
  manifest: artifact.exactOptional(),
});

const value = z.int().min(0).max(65_535);

const rules: z.ZodType<ConversionRules> = z.strictObject({
  unknown: z.enum(['error', 'skip']),
  values: z.array(z.tuple([value, value])).max(500),
  ignore: z.array(value).max(500),
  colours: z
    .array(z.tuple([z.string().regex(/^#[0-9a-f]{6}$/i), value]))
    .max(500)
    .nullable(),
  components: z
    .strictObject({ connectivity: z.union([z.literal(4), z.literal(8)]), minArea: z.int().nonnegative() })
    .nullable(),
});

const completion: z.ZodType<CompletionOptions> = z.strictObject({
  rule: z.enum(['state', 'acceptance']),
  atLeast: share.exactOptional(),
  deadline: z
    .strictObject({
      at: z.iso.datetime(),
      afterMs: ms.nullable(),
      policy: z.enum(AT_DEADLINE),
      more: z
        .strictObject({
          byMs: ms,
          times: z.int().min(1).max(MOST_EXTENSIONS),
          people: names,
          last: z.enum(LAST_POLICIES),
        })
        .exactOptional(),
    })
    .exactOptional(),
  pollMs: z.int().min(1000),
});

const review: z.ZodType<ReviewOptions> = z.strictObject({
  reviewers: names.min(1),
  pick: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all') }),
    z.strictObject({ kind: z.literal('share'), share }),
    z.strictObject({ kind: z.literal('mostChanged'), jobs: count }),
  ]),
});

const heldOut: z.ZodType<HeldOutSource> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('names'), list: artifact }),
  z.strictObject({ kind: z.literal('folder'), images: folder, masks: folder }),
  z.strictObject({ kind: z.literal('task'), task: name }),
  z.strictObject({ kind: z.literal('ground-truth'), task: name.nullable() }),
]);

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const training: z.ZodType<TrainingOptions> = z.strictObject({
  model: name,
  maxEpochs: count.nullable(),
  heldOutFraction: z.number().min(0).max(0.9),
  window: z.strictObject({ from: clock, to: clock, timeZone: name }).exactOptional(),
  heldOut: heldOut.exactOptional(),
  group: name.exactOptional(),
  gate: z
    .strictObject({
      policy: z.enum(GATE_POLICIES),
      floors: z.strictObject({ all: share.nullable(), classes: z.record(z.string(), share) }),
    })
    .exactOptional(),
});

const notices: z.ZodType<NoticeOptions> = z.strictObject({
  channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length),
  kinds: z.array(z.enum(NOTICE_KINDS)).max(NOTICE_KINDS.length).exactOptional(),
  leads: names,
  ladder: z.array(z.strictObject({ beforeMs: z.int(), whom: z.enum(['assignee', 'reviewer', 'lead']) })).max(50),
  workingHours: z
    .strictObject({ from: clock, to: clock, days: z.array(z.int().min(1).max(7)).max(7), timeZone: name })
    .nullable(),
  digestAt: clock.nullable(),
  book: artifact.nullable(),
});

/** What a caller may start an iteration with. Iterations of loops are started by their loop alone. */
export const iterationInput: z.ZodType<IterationInput> = z.strictObject({
  connection: name,
  project: name,
  task: name,
  masks: folder.nullable(),
  compareWith: folder.exactOptional(),
  predict: z.strictObject({ model: name }).exactOptional(),
  fromScratch: z.literal(true).exactOptional(),
  images: folder.nullable(),
  share: z.union([z.strictObject({ folder: name }), z.strictObject({ list: artifact })]).nullable(),
  categories: artifact,
  suffix: z.string().max(200),
  conversion: z.strictObject({ rules, shardSize: count }),
  createProject: z.boolean(),
  syncLabels: z.boolean(),
  people: names,
  segmentSize: count.nullable(),
  importScope: z.enum(IMPORT_SCOPES).exactOptional(),
  overwrite: z.boolean().exactOptional(),
  completion,
  seal: z.strictObject({ quietMs: ms }),
  review: review.exactOptional(),
  tellPeople: z.enum(PEOPLE_SETTINGS),
  training: training.nullable(),
  notices: notices.exactOptional(),
  timing: z.strictObject({
    heartbeatTimeoutMs: z.int().min(1000),
    unreachableAfterMs: ms,
    importStuckAfterMs: ms.exactOptional(),
    stalledAfterMs: ms.exactOptional(),
  }),
});
