import { z } from 'zod';
import type { ConversionRules } from '../../contracts/conversion.ts';
import { type PoolSource, type SelectionOptions, STRATEGIES, UNCERTAINTY_SOURCES } from '../../contracts/selection.ts';
import { STOP_ACTIONS, type StopRule } from '../../contracts/stop-rules.ts';
import { CHANNELS, NOTICE_KINDS, type NoticeOptions } from '../../contracts/notice.ts';
import { artifactSchema } from '../../storage/artifact-schema.ts';
import { folderSchema } from '../../storage/folder-schema.ts';

export const rulesSchema: z.ZodType<ConversionRules> = z.object({
  unknown: z.enum(['error', 'skip']),
  values: z.array(z.tuple([z.number(), z.number()])),
  ignore: z.array(z.number()),
  colours: z.array(z.tuple([z.string(), z.number()])).nullable(),
  components: z.object({ connectivity: z.union([z.literal(4), z.literal(8)]), minArea: z.number() }).nullable(),
});

export const poolSourceSchema: z.ZodType<PoolSource> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('files'), images: folderSchema }),
  z.object({ kind: z.literal('folder'), uri: z.string() }),
  z.object({ kind: z.literal('datastore') }),
]);

export const selectionSchema: z.ZodType<SelectionOptions> = z.object({
  mixture: z.array(z.object({ strategy: z.enum(STRATEGIES), share: z.number().gt(0).max(1) })).min(1),
  seed: z.string(),
  uncertainty: z.enum(UNCERTAINTY_SOURCES),
  candidates: z.int().min(1),
  thinning: z.number().min(0).max(1),
});

const action = z.enum(STOP_ACTIONS);
const most = z.number().positive().nullable();

/** A rule as the policy of a loop has it. */
export const stopRuleSchema: z.ZodType<StopRule> = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('plateau'), action, iterations: z.int().min(2), minSlope: z.number() }),
  z.object({ rule: z.literal('target'), action, dice: z.number().min(0).max(1) }),
  z.object({ rule: z.literal('corrections'), action, below: z.number().min(0).max(1) }),
  z.object({ rule: z.literal('budget'), action, frames: most, iterations: most, days: most }),
  z.object({ rule: z.literal('empty-pool'), action }),
]);

export const noticeOptionsSchema: z.ZodType<NoticeOptions> = z.object({
  channels: z.array(z.enum(CHANNELS)),
  kinds: z.array(z.enum(NOTICE_KINDS)).exactOptional(),
  leads: z.array(z.string()),
  ladder: z.array(z.object({ beforeMs: z.number(), whom: z.enum(['assignee', 'reviewer', 'lead']) })),
  workingHours: z
    .object({ from: z.string(), to: z.string(), days: z.array(z.int().min(1).max(7)), timeZone: z.string() })
    .nullable(),
  digestAt: z.string().nullable(),
  book: artifactSchema.nullable(),
});
