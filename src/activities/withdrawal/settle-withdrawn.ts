import type { TrainedFrame, TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { labelForModel } from '../training-set/label-for-model.ts';
import { putLabelOnOurs } from '../training-set/put-label-on-ours.ts';
import { removeLabels } from '../training-set/remove-labels.ts';
import { appendVersion, chainOf, readHead } from '../training-set/set-chain.ts';
import { withoutImages } from '../training-set/with-frames.ts';
import { withheldInSet } from '../training-set/withheld.ts';
import { dropTakenOut, noteTakenOut, readTakenOut } from './taken-out.ts';
import { withdrawnImages, type Withdrawn } from './withdrawn-images.ts';

interface Settling {
  readonly store: ArtifactStore;
  readonly trainer: Trainer;
  /** Who settles: an iteration, or the run of a command. */
  readonly by: string;
  readonly signal: AbortSignal;
}

export interface Settled {
  /** Labels that were taken out of the trainer, and put back. */
  readonly removed: number;
  readonly putBack: number;
}

/**
 * Makes a training set and its trainer hold what people decided on frames: labels of excluded and forgotten ones are
 * taken out, those of frames that are included again come back. Every part finds what an earlier try has done.
 *
 * @throws MaskloopError `DatastoreStale`, `LabelConflict`, `DatastoreMismatch`; what trainer and store throw
 */
export async function settleWithdrawn(settling: Settling): Promise<Settled> {
  const { store, trainer } = settling;
  const set = (await readHead(store, chainOf(trainer)))?.set;
  if (set === undefined) return { removed: 0, putBack: 0 };
  const withdrawn = await withdrawnImages(store, null);
  return { removed: await takeOut(settling, set, withdrawn), putBack: await putBack(settling, withdrawn) };
}

async function takeOut(
  { store, trainer, by, signal }: Settling,
  set: TrainingSet,
  withdrawn: ReadonlyMap<string, Withdrawn>,
): Promise<number> {
  const frames = set.frames.filter(({ imageId }) => withdrawn.has(imageId));
  if (frames.length === 0) return 0;
  const chain = chainOf(trainer);
  for (const frame of frames) if (withdrawn.get(frame.imageId) === 'excluded') await noteTakenOut(store, chain, frame);
  const left = await removeLabels(trainer, frames, signal);
  const gone = new Set(frames.map(({ imageId }) => imageId));
  await appendVersion(store, trainer, by, (now) => withoutImages(now, gone));
  return frames.length - left.length;
}

/** Puts back what was taken out and is no longer excluded; what a later iteration submitted, or holds out with its groups and pictures, stays so. */
async function putBack(
  { store, trainer, by, signal }: Settling,
  withdrawn: ReadonlyMap<string, Withdrawn>,
): Promise<number> {
  const chain = chainOf(trainer);
  let count = 0;
  for (const taken of await readTakenOut(store, chain)) {
    const reason = withdrawn.get(taken.imageId);
    if (reason === 'excluded') continue;
    const head = reason === 'forgotten' ? null : await withAgain({ store, trainer, by, signal }, taken);
    const frame = head?.frames.find(({ imageId }) => imageId === taken.imageId);
    if (frame !== undefined) {
      const isPut = await putLabelOnOurs({ trainer, store, signal }, frame, head?.origins[frame.by]?.indexOf ?? {});
      count += isPut ? 1 : 0;
    }
    await dropTakenOut(store, chain, taken.imageId);
  }
  return count;
}

/** The training set with a frame that was taken out, its label written with the numbers that the model has now. */
async function withAgain({ store, trainer, by }: Settling, taken: TrainedFrame): Promise<TrainingSet | null> {
  const set = (await readHead(store, chainOf(trainer)))?.set;
  const origin = set?.origins[taken.by];
  if (set === undefined || origin === undefined || withheldInSet(set, taken.by, [taken]).size > 0) return null;
  if (set.frames.some(({ imageId }) => imageId === taken.imageId)) return set;
  const indexOf = Object.entries(origin.categoryOf).map(([name, id]) => [id, origin.indexOf[name] ?? 0] as const);
  const submitted = await labelForModel(store, taken.label, new Map(indexOf), taken.name);
  const earlier = [...new Set([...(taken.earlier ?? []), taken.submitted.sha256])].filter(
    (sha256) => sha256 !== submitted.sha256,
  );
  const { earlier: _, ...frame } = taken;
  const again: TrainedFrame = { ...frame, submitted, ...(earlier.length === 0 ? {} : { earlier }) };
  const head = await appendVersion(store, trainer, by, (now) => {
    const isThere = now.frames.some(({ imageId }) => imageId === again.imageId);
    return isThere ? now : { ...now, frames: [...now.frames, again] };
  });
  return head.set;
}
