import { contentRef } from '../../storage/content-address.ts';
import { iterationId } from '../../contracts/ids.ts';
import type { Sample, SampleList } from '../../contracts/selection.ts';
import { imageId } from '../../monai/image-id.ts';
import { readCarriedFrames } from '../../receipts/carried-frames.ts';
import { readReceipt } from '../../receipts/read-receipt.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { withdrawnImages } from '../withdrawal/withdrawn-images.ts';
import type { SelectionPolicy } from './policy-document.ts';

/** A frame that comes again. */
export interface CarriedFrame extends Pick<Sample, 'name' | 'group' | 'sha256'> {
  /** The image as it was chosen before, from the store. */
  read(): Promise<Uint8Array>;
}

/**
 * Frames of the iteration before that people did not get to and that its policy carries over, but for those that were excluded
 * or forgotten since.
 *
 * @param before what was chosen for it; undefined where nothing was
 */
export async function carriedOver(
  store: ArtifactStore,
  policy: SelectionPolicy,
  before: SampleList | undefined,
): Promise<readonly CarriedFrame[]> {
  if (before === undefined) return [];
  const place = { connection: policy.connection, project: policy.project, task: before.task };
  const receipt = await readReceipt(store, iterationId(place));
  if (receipt === null) return [];
  const left = await readCarriedFrames(store, receipt);
  const names = new Set(left?.frames.map(({ name }) => name));
  const withdrawn = await withdrawnImages(store, place);
  const carried = before.samples.filter(
    ({ name }) => names.has(name) && !withdrawn.has(imageId({ ...place, frame: name })),
  );
  return carried.map(({ name, group, sha256 }) => ({
    name,
    group,
    sha256,
    read: async () => store.get(contentRef(sha256, 0)),
  }));
}
