import { tombstoneName } from '../../contracts/ids.ts';
import type { FramePlace } from '../../contracts/withdrawal.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { ImageSource } from '../image-source.ts';
import type { SubmittedFrame } from '../training-set/look-at-frames.ts';
import { withdrawnImages } from './withdrawn-images.ts';
import { hashBytes } from '../../storage/file-hash.ts';

interface Site {
  readonly store: ArtifactStore;
  readonly trainer: Trainer;
  readonly images: ImageSource;
  readonly signal: AbortSignal;
}

/**
 * Sealed frames of a task without those that people excluded or forgot: by name, and by the hash of the image where
 * anything was ever forgotten. Images are read for that only then.
 *
 * @throws MaskloopError `ArtifactCorrupt`; what store, trainer and the source of the images throw
 */
export async function withoutWithdrawn(
  site: Site,
  place: FramePlace,
  sealed: readonly SubmittedFrame[],
): Promise<{
  readonly submittable: readonly SubmittedFrame[];
  readonly withdrawn: { readonly excluded: number; readonly forgotten: number };
}> {
  const byName = await withdrawnImages(site.store, place);
  const tombstones = new Set(await site.store.listNamed(tombstoneName('')));
  const submittable: SubmittedFrame[] = [];
  const withdrawn = { excluded: 0, forgotten: 0 };
  for (const frame of sealed) {
    const known = byName.get(frame.imageId);
    const isForgotten = known === undefined && tombstones.size > 0 && (await hasTombstone(site, frame, tombstones));
    if (known !== undefined) withdrawn[known] += 1;
    else if (isForgotten) withdrawn.forgotten += 1;
    else submittable.push(frame);
  }
  return { submittable, withdrawn };
}

/** The image that the trainer holds counts, else the one that it would be given. */
async function hasTombstone(
  { trainer, images, signal }: Site,
  { imageId, frame }: SubmittedFrame,
  tombstones: ReadonlySet<string>,
): Promise<boolean> {
  const bytes = (await trainer.getImage(imageId, signal)) ?? (await images(frame)).bytes;
  return tombstones.has(tombstoneName(hashBytes(bytes)));
}
