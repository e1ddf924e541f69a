import { MaskloopError } from '../../contracts/error.ts';
import type { TrainedFrame } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { hashBytes } from '../../storage/file-hash.ts';

/** True for a label that we put there ourselves, now or earlier. */
export function isOurs({ submitted, earlier = [] }: TrainedFrame, sha256: string): boolean {
  return sha256 === submitted.sha256 || earlier.includes(sha256);
}

/**
 * Makes the trainer hold the label of a frame and reads it back. What is there is replaced only if it is an earlier label of
 * ours.
 *
 * @param indexOf label index by class name, told to the trainer with the label
 * @throws MaskloopError `LabelConflict` for a label that is not ours, `DatastoreMismatch` if another one comes back
 */
export async function putLabel(
  { trainer, store, signal }: { trainer: Trainer; store: ArtifactStore; signal: AbortSignal },
  frame: TrainedFrame,
  indexOf: Readonly<Record<string, number>>,
): Promise<'present' | 'put'> {
  const { imageId, submitted, name } = frame;
  const held = await trainer.getLabel(imageId, signal);
  const heldSha256 = held === null ? null : hashBytes(held);
  if (heldSha256 === submitted.sha256) return 'present';
  const facts = { frame: name, image: imageId };
  if (heldSha256 !== null && !isOurs(frame, heldSha256)) {
    const message = `The trainer holds another final label for frame "${name}" (image ${imageId}) since a moment ago.`;
    throw new MaskloopError('LabelConflict', message, { facts });
  }
  const labelInfo = Object.entries(indexOf).map(([className, idx]) => ({ name: className, idx }));
  const bytes = await store.get(submitted);
  await trainer.putLabel({ imageId, fileName: `${imageId}.png`, bytes, labelInfo }, signal);
  const stored = await trainer.getLabel(imageId, signal);
  if (stored !== null && hashBytes(stored) === submitted.sha256) return 'put';
  const message = `The trainer does not give back the label of frame "${name}" (image ${imageId}).`;
  throw new MaskloopError('DatastoreMismatch', message, { facts });
}
