import type { IterationInput } from '../../contracts/iteration.ts';
import type { HeldOutManifest, SubmissionManifest } from '../../contracts/manifests.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import type { Running } from '../durable.ts';
import type { ImageSource } from '../image-source.ts';
import { lostImages } from '../training-set/lost-images.ts';
import { originalImage, sourcesOf } from '../training-set/put-back-missing.ts';
import { putImage } from '../training-set/put-image.ts';
import { chainOf, readHead } from '../training-set/set-chain.ts';
import { outsideFrames } from './outside-frames.ts';
import type { ModelSite } from './published-model.ts';

interface Restoring {
  readonly connect: ActivityDependencies['connect'];
  /** Of the iteration. */
  readonly id: string;
  readonly input: IterationInput;
  readonly submission: SubmissionManifest;
}

type Picture = HeldOutManifest['frames'][number] & { readonly imageSha256: string };

/** Where a picture may still be, and the number of its frame there. */
interface Place {
  readonly frame: number;
  readonly sources: readonly ImageSource[];
}

/**
 * Gives the trainer those held-out pictures that it has lost since they were gathered, as they were. Frames that an earlier version
 * gathered, which have no hash, are left alone.
 *
 * @param heldOut none of which was forgotten
 * @throws MaskloopError `ImageConflict` with all frames of which it holds another picture, `ImageLost` for one that is nowhere
 *   else; what trainer, store and CVAT throw
 */
export async function restorePictures(
  site: ModelSite,
  restoring: Restoring,
  { frames }: HeldOutManifest,
  report: Running['report'],
): Promise<void> {
  const pictures = frames.filter((frame): frame is Picture => frame.imageSha256 !== undefined);
  const lost = await lostImages(site, pictures, report);
  if (lost.size === 0) return;
  const places = await placesOf(site, restoring);
  for (const { name, imageId, imageSha256 } of lost) {
    const { frame, sources } = places.get(imageId) ?? { frame: 0, sources: [] };
    const image = await originalImage(sources, { by: restoring.id, name, frame, imageId, imageSha256 });
    await putImage(site.trainer, { imageId, name, ...image }, site.signal);
  }
}

/** Places of the pictures that are held out, of the iteration's own task and from outside, by image id. */
async function placesOf(
  { trainer, store, signal }: ModelSite,
  { connect, id, input, submission }: Restoring,
): Promise<ReadonlyMap<string, Place>> {
  const { cvat } = connect(input.connection);
  const places = new Map<string, Place>();
  const origin = (await readHead(store, chainOf(trainer)))?.set.origins[id];
  if (origin === undefined) return places;
  const { frames } = await cvat.taskMeta(origin.taskId, signal);
  const numberOf = new Map(frames.map(({ name }, frame) => [name, frame]));
  const sources = await sourcesOf({ connect, store, running: { signal } }, origin);
  for (const { imageId, name } of submission.frames) places.set(imageId, { frame: numberOf.get(name) ?? 0, sources });
  // Their labels, which would have to be in categories of this iteration, are not read.
  const where = { store, cvat, input, categories: [], task: origin, truth: submission.groundTruth, signal };
  for (const { imageId, frame, image } of await outsideFrames(where)) places.set(imageId, { frame, sources: [image] });
  return places;
}
