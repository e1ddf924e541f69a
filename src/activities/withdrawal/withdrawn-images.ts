import { forgottenName, frameOfName } from '../../contracts/ids.ts';
import type { FramePlace } from '../../contracts/withdrawal.ts';
import { imageId } from '../../monai/image-id.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { isExcluded, readExclusions } from './exclusion-document.ts';

/** Why a frame is not to be trained on though people labelled it. */
export type Withdrawn = 'excluded' | 'forgotten';

/**
 * Ids of the images that are excluded or forgotten: of one task, or of all for null.
 *
 * @throws MaskloopError `ArtifactCorrupt`; what the store throws
 */
export async function withdrawnImages(
  store: ArtifactStore,
  place: FramePlace | null,
): Promise<ReadonlyMap<string, Withdrawn>> {
  const found = new Map<string, Withdrawn>();
  for (const one of await readExclusions(store, place)) if (isExcluded(one)) found.set(imageId(one), 'excluded');
  for (const image of await forgottenImages(store, place)) found.set(image, 'forgotten');
  return found;
}

/**
 * Ids of the images that are forgotten: of one task, or of all for null.
 *
 * @throws MaskloopError `InvalidName`; what the store throws
 */
export async function forgottenImages(store: ArtifactStore, place: FramePlace | null): Promise<ReadonlySet<string>> {
  const names = await store.listNamed(forgottenName(place, null));
  return new Set(names.map((name) => imageId(frameOfName(name))));
}
