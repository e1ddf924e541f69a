import type { TrainedFrame, TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { expectedLabels } from './expected-labels.ts';
import { putLabelOnOurs } from './put-label-on-ours.ts';
import { removeLabels } from './remove-labels.ts';
import { appendVersion, type Head } from './set-chain.ts';

interface Settling {
  /** Of the iteration that is about to train. */
  readonly id: string;
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly signal: AbortSignal;
}

/**
 * Makes the trainer hold labels of the iteration itself and of those that have a receipt, as far as we put them there. Those
 * of an iteration that waits for a person, or was cancelled, are taken out, and put back by whoever trains when it has its
 * receipt. A label that is not ours is left, and so is a frame whose image is lost or another: comparing tells of all.
 *
 * The training set says what is set aside before it is taken out, and until it is back: a further try after a crash ends
 * what was begun.
 *
 * @returns the newest version of the training set, in which exactly those frames are marked
 * @throws MaskloopError `DatastoreStale`, `LabelConflict`, `DatastoreMismatch`; what trainer and store throw
 */
export async function setAside(settling: Settling): Promise<Head> {
  const { id, trainer, store } = settling;
  const before = await appendVersion(store, trainer, id, (set) => set);
  const { receipts } = await expectedLabels(store, id, before.set);
  const isSettled = ({ by }: TrainedFrame): boolean => by === id || receipts.has(by);
  const marked = await appendVersion(store, trainer, id, (set) =>
    mark(set, (one) => one.aside === true || !isSettled(one)),
  );
  const aside = marked.set.frames.filter((frame) => frame.aside);
  await takeOut(
    settling,
    aside.filter((frame) => !isSettled(frame)),
  );
  await bringBack(settling, marked.set, aside.filter(isSettled));
  return appendVersion(store, trainer, id, (set) => mark(set, (one) => !isSettled(one)));
}

/** The set with exactly those frames marked for which `isAside` holds. */
function mark(set: TrainingSet, isAside: (frame: TrainedFrame) => boolean): TrainingSet {
  const frames = set.frames.map((frame): TrainedFrame => {
    const { aside: _, ...rest } = frame;
    return isAside(frame) ? { ...rest, aside: true } : rest;
  });
  return { ...set, frames };
}

async function takeOut({ trainer, signal }: Settling, frames: readonly TrainedFrame[]): Promise<void> {
  const listed = new Set(await trainer.trainingSet(signal));
  await removeLabels(
    trainer,
    frames.filter(({ imageId }) => listed.has(imageId)),
    signal,
  );
}

async function bringBack(settling: Settling, { origins }: TrainingSet, frames: readonly TrainedFrame[]): Promise<void> {
  for (const frame of frames) await putLabelOnOurs(settling, frame, origins[frame.by]?.indexOf ?? {});
}
