import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import { poolSourceSchema, selectionSchema } from '../../loop-file/policy/parts-schema.ts';
import { heldOutSchema } from '../../loop-file/policy/template-schema.ts';
import { jsonOf } from '../../storage/json-of.ts';
import type { ArtifactStore } from '../../storage/store.ts';

/** What of a policy decides which frames are chosen. */
export type SelectionPolicy = Pick<
  LoopPolicy,
  'name' | 'connection' | 'project' | 'taskName' | 'pool' | 'batchSize' | 'selection' | 'heldOutTask' | 'minNewFrames'
> & {
  readonly iteration: {
    readonly training: Pick<LoopPolicy['iteration']['training'], 'model' | 'group' | 'heldOut'>;
  };
};

const count = z.int().min(1);

const schema: z.ZodType<SelectionPolicy> = z.object({
  schema: z.literal('maskloop.loop/1'),
  name: z.string(),
  connection: z.string(),
  project: z.string(),
  taskName: z.string(),
  pool: poolSourceSchema,
  batchSize: count,
  selection: selectionSchema,
  heldOutTask: z.object({ frames: count }).nullable(),
  minNewFrames: count,
  iteration: z.object({
    training: z.object({
      model: z.string(),
      group: z.string().exactOptional(),
      heldOut: heldOutSchema.exactOptional(),
    }),
  }),
});

/** @throws MaskloopError `InvalidPolicy` for a document that is none; what the store throws */
export async function readSelectionPolicy(store: ArtifactStore, ref: ArtifactRef): Promise<SelectionPolicy> {
  const parsed = schema.safeParse(jsonOf(await store.get(ref)));
  if (parsed.success) return parsed.data;
  const problem = z.prettifyError(parsed.error);
  throw new MaskloopError('InvalidPolicy', `${ref.uri} is no policy of a loop that this version knows: ${problem}`, {
    facts: { uri: ref.uri, problem },
  });
}
