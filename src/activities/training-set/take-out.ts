import type { TrainedFrame, TrainingSet } from '../../contracts/training-set.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { requireApprovedRemoval } from './held-out-trained.ts';
import { removeLabels } from './remove-labels.ts';

interface TakingOut {
  readonly id: string;
  readonly trainer: Trainer;
  readonly signal: AbortSignal;
  /** Digests that somebody approved. */
  readonly approved: readonly string[];
}

interface Parts {
  /** Images of the task that the iteration submits or holds out. */
  readonly kept: ReadonlySet<string>;
  /** Frames of the training set that are held out now, or whose group is: those that a person is asked about, and others. */
  readonly heldOut: readonly TrainedFrame[];
  readonly agreed: readonly TrainedFrame[];
  /** Images of frames of the task that were deleted in CVAT. */
  readonly deleted: ReadonlySet<string>;
}

/**
 * Takes labels of ours out that are not to be trained on: of frames that are held out, if somebody approved, of frames that
 * the iteration no longer has, and of those that were deleted in CVAT, whichever iteration of the task put them there. Before
 * the chain forgets them, or nobody would know whose they are.
 *
 * @returns the frames whose labels are gone
 * @throws MaskloopError `HeldOutTrained`, `DatastoreStale`; what the trainer throws
 */
export async function takeOut(
  { id, trainer, signal, approved }: TakingOut,
  { frames }: Pick<TrainingSet, 'frames'>,
  { kept, heldOut, agreed, deleted }: Parts,
): Promise<readonly TrainedFrame[]> {
  requireApprovedRemoval(heldOut, approved);
  const all = [...new Set([...heldOut, ...agreed])];
  const others = frames.filter((frame) => !kept.has(frame.imageId) && !all.includes(frame));
  const retired = others.filter(({ by, imageId }) => by === id || deleted.has(imageId));
  const removed = [...all, ...retired];
  const left = await removeLabels(trainer, removed, signal);
  return removed.filter((frame) => !left.includes(frame));
}
