import { z } from 'zod';
import { CARRIED_SCHEMA, type CarriedFrames } from '../contracts/carried-frames.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { Receipt } from '../contracts/receipt.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import { jsonOf } from '../storage/json-of.ts';
import type { ArtifactStore } from '../storage/store.ts';

const schema: z.ZodType<CarriedFrames> = z.object({
  schema: z.literal(CARRIED_SCHEMA),
  connection: z.string(),
  project: z.string(),
  task: z.string(),
  taskId: z.int(),
  frames: z.array(z.object({ frame: z.int().min(0), name: z.string() })),
});

/** The frames in the list that `results.completion.carriedFrames` of a receipt names. @throws MaskloopError `ArtifactCorrupt` for anything else */
export function carriedFrames(bytes: Uint8Array, { uri }: ArtifactRef): CarriedFrames {
  const parsed = schema.safeParse(jsonOf(bytes));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${uri} is no list of carried frames that this version knows.`, {
    facts: { uri, problem: z.prettifyError(parsed.error) },
  });
}

/**
 * The frames that an iteration has carried, those to be put first into what comes next; null where it has
 * carried none, or a version has that kept no list.
 *
 * @throws MaskloopError `ArtifactCorrupt`; what the store throws
 */
export async function readCarriedFrames(
  store: ArtifactStore,
  receipt: Pick<Receipt, 'results'>,
): Promise<CarriedFrames | null> {
  const list = receipt.results.completion?.carriedFrames;
  return list === undefined ? null : carriedFrames(await store.get(list), list);
}
