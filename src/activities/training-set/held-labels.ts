import { setTimeout as sleep } from 'node:timers/promises';
import { MaskloopError } from '../../contracts/error.ts';
import { isImageId } from '../../monai/image-id.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { Running } from '../durable.ts';
import type { HeldLabel } from './compare-set.ts';
import { hashBytes } from '../../storage/file-hash.ts';

/** A living watcher notices within a second. */
const LOOKS = 4;
const LOOK_EVERY_MS = 700;

/** Images that a message names. */
const MAX_NAMED = 50;

/**
 * Reads each label that a training would read, and the image that it lies on; those that are listed and not there come back in
 * `gone`. One after the other, so that the server, which answers people meanwhile, is never asked for more than one file.
 */
async function readOnce(
  trainer: Trainer,
  { signal, report }: Pick<Running, 'signal' | 'report'>,
): Promise<{ readonly held: readonly HeldLabel[]; readonly gone: readonly string[] }> {
  const ids = await trainer.trainingSet(signal);
  const held: HeldLabel[] = [];
  const gone: string[] = [];
  for (const [done, imageId] of ids.entries()) {
    const found = isImageId(imageId) ? await readPair(trainer, imageId, signal) : { sha256: null, imageSha256: null };
    if (found === null) gone.push(imageId);
    else held.push({ imageId, ...found });
    report({ phase: 'training set', done: done + 1, total: ids.length });
  }
  return { held, gone };
}

/** Hashes of a label and its image; null where either is not there. */
async function readPair(
  trainer: Trainer,
  imageId: string,
  signal: AbortSignal,
): Promise<Omit<HeldLabel, 'imageId'> | null> {
  const label = await trainer.getLabel(imageId, signal);
  const image = label === null ? null : await trainer.getImage(imageId, signal);
  return label === null || image === null ? null : { sha256: hashBytes(label), imageSha256: hashBytes(image) };
}

/**
 * Everything that a training would read now, by the hashes of labels and images. The bytes themselves are read: MONAI Label
 * states no hash of an image, and the time that it tells of one can be set by anybody.
 *
 * @throws MaskloopError `DatastoreStale` if labels are listed for longer than a living watcher takes though they are gone;
 *   what the trainer throws
 */
export async function heldLabels(
  trainer: Trainer,
  running: Pick<Running, 'signal' | 'report'>,
): Promise<readonly HeldLabel[]> {
  for (let looks = 1; ; looks += 1) {
    const { held, gone } = await readOnce(trainer, running);
    if (gone.length === 0) return held;
    if (looks === LOOKS) throw stale(gone);
    await sleep(LOOK_EVERY_MS, undefined, { signal: running.signal });
  }
}

/** SHA-256 of the images of such frames whose labels the trainer lacks, by image id; of those that it has. */
export async function imagesWithoutLabel(
  trainer: Trainer,
  frames: readonly { readonly imageId: string }[],
  { signal, report }: Pick<Running, 'signal' | 'report'>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const [done, { imageId }] of frames.entries()) {
    const image = await trainer.getImage(imageId, signal);
    if (image !== null) found.set(imageId, hashBytes(image));
    report({ phase: 'training set', done: done + 1, total: frames.length });
  }
  return found;
}

/** What is told of images whose labels are listed and not there. */
export function stale(gone: readonly string[]): MaskloopError {
  const named = gone.slice(0, MAX_NAMED);
  return new MaskloopError(
    'DatastoreStale',
    `The trainer lists ${gone.length} labels to train on that it does not have, ${named[0]} first.`,
    { facts: { count: gone.length, images: named } },
  );
}
