import { narrowMask } from '../../coco/narrow-mask.ts';
import { readMask } from '../../coco/read-mask.ts';
import { writeMask } from '../../coco/write-mask.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { ArtifactStore } from '../../storage/store.ts';

/**
 * A label as a model wants it: its own indices instead of category ids. The same label and numbers give the same bytes,
 * which are kept in the store.
 *
 * @param indexOf label index by category id; 0 for one that it lacks
 * @param name of the frame, for messages
 */
export async function labelForModel(
  store: ArtifactStore,
  label: ArtifactRef,
  indexOf: ReadonlyMap<number, number>,
  name: string,
): Promise<ArtifactRef> {
  const mask = readMask(await store.get(label), name);
  const values = Uint16Array.from(mask.values, (value) => indexOf.get(value) ?? 0);
  return store.put(writeMask(narrowMask({ ...mask, values })));
}
