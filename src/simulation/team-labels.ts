import { narrowMask } from '../coco/narrow-mask.ts';
import { readMask } from '../coco/read-mask.ts';
import type { Category } from '../contracts/categories.ts';
import { MaskloopError } from '../contracts/error.ts';
import { stemOf } from '../contracts/file-stem.ts';
import { readReceipts } from '../dataset/read-receipts.ts';
import type { ChainPlace } from '../receipts/chain.ts';
import { sealedLabels, type SealedLabel } from '../dataset/sealed-labels.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { LabelSource } from './label-source.ts';

type Categories = readonly Pick<Category, 'id' | 'name'>[];

/**
 * What a team has sealed in the iterations of a project: of every frame the newest label that is still in the store. Classes
 * are matched by name.
 *
 * @throws MaskloopError what the store throws
 */
export async function teamLabels(
  store: ArtifactStore,
  place: ChainPlace,
  categories: Categories,
): Promise<LabelSource> {
  const receipts = await readReceipts(store, place);
  const newest = new Map<string, SealedLabel>();
  for (const label of await sealedLabels(store, receipts)) {
    const stem = stemOf(label.frame);
    const isNewer = label.from >= (newest.get(stem)?.from ?? 0);
    // What was forgotten is gone.
    if (isNewer && (await store.sizeOf(label.label.sha256)) !== null) newest.set(stem, label);
  }
  return {
    stems: new Set(newest.keys()),
    read: async (stem) => {
      const sealed = newest.get(stem);
      if (sealed === undefined) throw new MaskloopError('FrameUnknown', `"${stem}" has no sealed label.`);
      const mask = readMask(await store.get(sealed.label), sealed.frame);
      const idOf = idTable(receipts[sealed.from]?.receipt.categories ?? [], categories);
      const values = Uint16Array.from(mask.values, (value) => (value === 0 ? 0 : idOf(value, sealed.frame)));
      return narrowMask({ ...mask, values });
    },
  };
}

function idTable(theirs: Categories, ours: Categories): (value: number, frame: string) => number {
  const nameOf = new Map(theirs.map(({ id, name }) => [id, name]));
  const idOf = new Map(ours.map(({ id, name }) => [name, id]));
  return (value, frame) => {
    const id = idOf.get(nameOf.get(value) ?? '');
    if (id !== undefined) return id;
    const name = nameOf.get(value) ?? String(value);
    throw new MaskloopError('UndeclaredCategory', `The sealed label of "${frame}" has the class "${name}".`, {
      facts: { file: frame, value },
    });
  };
}
