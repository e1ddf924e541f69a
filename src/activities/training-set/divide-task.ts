import type { IterationInput } from '../../contracts/iteration.ts';
import { isMeasured } from '../../contracts/manifests.ts';
import type { TaskRef } from '../../contracts/refs.ts';
import type { HeldOutPicture, TrainedFrame, TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { divideFrames, pictureOf, trainedFrames, type DividedFrame, type HeldFrame } from './divide-frames.ts';
import { heldByOthers } from './held-by-others.ts';
import { requireApprovedGroups } from './held-out-trained.ts';
import { otherSets } from './other-sets.ts';
import { chainOf } from './set-chain.ts';

interface Dividing {
  readonly id: string;
  readonly input: IterationInput;
  readonly task: Pick<TaskRef, 'taskId'>;
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly isRunning: ActivityDependencies['isRunning'] | undefined;
  readonly set: TrainingSet;
  /** Digests that somebody approved. */
  readonly approved: readonly string[];
}

/** The frames of a task, divided, and the images of those that are held out. */
export interface DividedTask {
  readonly frames: readonly DividedFrame[];
  readonly measured: readonly HeldOutPicture[];
  /** Images that are held out and not measured, and those of them about which a person was asked. */
  readonly unmeasured: ReadonlySet<string>;
  readonly agreed: ReadonlySet<string>;
}

/**
 * Divides the frames of a task into those that are trained on and those that are not. A person is asked about frames that share a
 * group with one that another iteration holds out; one with its very picture is held out without asking.
 *
 * @throws MaskloopError `HeldOutTrained`; what the store and `isRunning` throw
 */
export async function divideTask(
  { id, input, task: { taskId }, trainer, store, isRunning, set, approved }: Dividing,
  all: readonly HeldFrame[],
): Promise<DividedTask> {
  const sets = [set, ...(await otherSets(store, chainOf(trainer))).map((other) => other.set)];
  const others = await heldByOthers({ store, isRunning }, sets, { id, input, taskId }, all.map(pictureOf));
  const frames = divideFrames(all, others);
  const besides = frames.filter(({ unmeasured }) => unmeasured !== undefined);
  const ofGroups = besides.filter((one) => one.unmeasured?.as === 'others' && others.get(one.imageId)?.as === 'group');
  const agreed = new Set(ofGroups.map(({ imageId }) => imageId));
  const grouped = trainedFrames(
    id,
    all.filter(({ imageId }) => agreed.has(imageId)),
  );
  const heldBy = ({ imageId }: TrainedFrame): string => others.get(imageId)?.by.id ?? '';
  requireApprovedGroups(
    grouped.map((frame) => ({ frame, heldBy: heldBy(frame) })),
    approved,
  );
  const unmeasured = new Set(besides.map(({ imageId }) => imageId));
  return { frames, measured: frames.filter(isMeasured).map(pictureOf), unmeasured, agreed };
}

/**
 * Frames of the training set that are not to be trained on any more: those that a person is still to be asked about, and others.
 *
 * @param heldOut frames of the set that come near what is measured
 */
export function trainedAgain(
  { frames }: Pick<TrainingSet, 'frames'>,
  heldOut: readonly TrainedFrame[],
  { unmeasured, agreed }: Pick<DividedTask, 'unmeasured' | 'agreed'>,
): { readonly heldOut: readonly TrainedFrame[]; readonly agreed: readonly TrainedFrame[] } {
  const known = frames.filter(({ imageId }) => unmeasured.has(imageId));
  const open = new Set([...heldOut, ...known].filter(({ imageId }) => !agreed.has(imageId)));
  return { heldOut: [...open], agreed: known.filter(({ imageId }) => agreed.has(imageId)) };
}
