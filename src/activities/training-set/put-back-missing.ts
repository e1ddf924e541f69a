import { MaskloopError } from '../../contracts/error.ts';
import type { TrainedFrame, TrainingOrigin, TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { Connection } from '../dependencies.ts';
import type { Running } from '../durable.ts';
import { openImageSource, type ImageSource } from '../image-source.ts';
import { lostImages } from './lost-images.ts';
import { putImage } from './put-image.ts';
import { putLabel } from './put-label.ts';
import { hashBytes } from '../../storage/file-hash.ts';

export interface PuttingBack {
  readonly connect: (connection: string) => Connection;
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly running: Running;
}

/** Where images of an iteration may still be, in the order in which they are asked: its folder, then its task. */
export async function sourcesOf(
  { connect, store, running }: Pick<PuttingBack, 'connect' | 'store'> & { readonly running: Pick<Running, 'signal'> },
  { connection, images, taskId }: TrainingOrigin,
): Promise<readonly ImageSource[]> {
  const { cvat } = connect(connection);
  const fromTask = await openImageSource({ cvat, store }, null, taskId, running.signal);
  if (images === null) return [fromTask];
  const lost: ImageSource = async () => {
    throw new MaskloopError('UnreadableFile', `The folder ${images.uri} is not what it was.`);
  };
  return [await openImageSource({ cvat, store }, images, taskId, running.signal).catch(() => lost), fromTask];
}

/**
 * The image of a frame as it was trained on, or measured.
 *
 * @param frame its number in the task; `by` its iteration
 * @throws MaskloopError `ImageLost` if no source has it any more
 */
export async function originalImage(
  sources: readonly ImageSource[],
  frame: Pick<TrainedFrame, 'by' | 'frame' | 'imageId' | 'imageSha256' | 'name'>,
): Promise<{ readonly bytes: Uint8Array; readonly extension: string }> {
  for (const source of sources) {
    const image = await source(frame).catch(() => null);
    if (image !== null && hashBytes(image.bytes) === frame.imageSha256) return image;
  }
  throw new MaskloopError(
    'ImageLost',
    `The image of frame "${frame.name}" of ${frame.by} is neither in its folder nor in its task as it was.`,
    { facts: { frame: frame.name, iteration: frame.by, image: frame.imageId, sha256: frame.imageSha256 } },
  );
}

/** Those of the frames whose labels the trainer has lost. @throws what the trainer throws */
export async function missingOf(
  trainer: Trainer,
  frames: readonly TrainedFrame[],
  signal: AbortSignal,
): Promise<readonly TrainedFrame[]> {
  const listed = new Set(await trainer.trainingSet(signal));
  return frames.filter(({ imageId }) => !listed.has(imageId));
}

/**
 * Puts labels of earlier iterations back that the trainer has lost, and their images where these are lost too. No label is put
 * back onto another image than it lay on.
 *
 * @throws MaskloopError `ImageLost`, `ImageConflict`, `LabelConflict`; what trainer and store throw
 */
export async function putBackMissing(
  puttingBack: PuttingBack,
  { origins }: TrainingSet,
  missing: readonly TrainedFrame[],
): Promise<void> {
  const { trainer, store, running } = puttingBack;
  const { signal, report } = running;
  const lost = await lostImages({ trainer, store, signal }, missing, report);
  const sources = new Map<string, readonly ImageSource[]>();
  for (const [done, frame] of missing.entries()) {
    const origin = origins[frame.by];
    if (origin === undefined) continue;
    if (lost.has(frame)) {
      const known = sources.get(frame.by) ?? (await sourcesOf(puttingBack, origin));
      sources.set(frame.by, known);
      const { imageId, name } = frame;
      await putImage(trainer, { imageId, name, ...(await originalImage(known, frame)) }, running.signal);
    }
    await putLabel({ trainer, store, signal: running.signal }, frame, origin.indexOf);
    running.report({ phase: 'submission', done: done + 1, total: missing.length });
  }
}
