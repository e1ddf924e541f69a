import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import { artifactSchema } from '../../storage/artifact-schema.ts';
import { folderSchema } from '../../storage/folder-schema.ts';
import { canonicalJson } from '../../storage/canonical-json.ts';
import { jsonOf } from '../../storage/json-of.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { noticeOptionsSchema, poolSourceSchema, selectionSchema, stopRuleSchema } from './parts-schema.ts';
import { templateSchema } from './template-schema.ts';

const policySchema: z.ZodType<LoopPolicy> = z.object({
  schema: z.literal('maskloop.loop/1'),
  name: z.string(),
  connection: z.string(),
  project: z.string(),
  taskName: z.string(),
  categories: artifactSchema,
  pool: poolSourceSchema,
  batchSize: z.int().min(1),
  selection: selectionSchema,
  firstMasks: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('predict') }),
    z.object({ kind: z.literal('folder'), masks: folderSchema }),
  ]),
  iteration: templateSchema,
  heldOutTask: z.object({ frames: z.int().min(1) }).nullable(),
  stop: z.array(stopRuleSchema),
  pace: z.enum(['continuous', 'schedule']),
  minNewFrames: z.int().min(1),
  existingTasks: z.enum(['adopt', 'skip']),
  notices: noticeOptionsSchema.nullable(),
});

/**
 * The policy of a loop as the store has it.
 *
 * @throws MaskloopError `InvalidLoopPolicy` naming the first part that cannot be used
 */
export function parseLoopPolicy(bytes: Uint8Array): LoopPolicy {
  const parsed = policySchema.safeParse(jsonOf(bytes));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const part = issue?.path.map(String).join('.') ?? '';
  const place = part === '' ? 'as a whole' : `at ${part}`;
  throw new MaskloopError('InvalidLoopPolicy', `The stored policy of the loop cannot be used ${place}.`, {
    facts: { part },
  });
}

/**
 * The policy that a reference names.
 *
 * @throws MaskloopError as {@link parseLoopPolicy}, and what the store throws
 */
export async function readLoopPolicy(store: Pick<ArtifactStore, 'get'>, ref: ArtifactRef): Promise<LoopPolicy> {
  return parseLoopPolicy(await store.get(ref));
}

/** Puts a policy into the store: equal policies have equal references. */
export function storePolicy(
  store: { readonly put: (content: Uint8Array) => Promise<ArtifactRef> },
  policy: LoopPolicy,
): Promise<ArtifactRef> {
  return store.put(Buffer.from(canonicalJson(policy)));
}
