import { FAILURES } from '../../contracts/failures.ts';
import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { NotAmended, TrainedFrame, TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import type { Running } from '../durable.ts';
import { hashBytes } from '../../storage/file-hash.ts';
import { asEdited } from './as-edited.ts';
import { knownPictures } from './held-out-pictures.ts';
import { holdersOf } from './holders-of.ts';
import { lookAtFrames } from './look-at-frames.ts';
import { unreadLabels } from './never-submitted.ts';
import { otherSets } from './other-sets.ts';
import { missingOf, putBackMissing } from './put-back-missing.ts';
import { putImage } from './put-image.ts';
import { appendVersion, chainOf, type Head } from './set-chain.ts';
import { readSkipped, type SkippedIteration } from './skipped-iteration.ts';
import { withAway, withFrames, withLabels, withoutImages, withTakenUp } from './with-frames.ts';
import { withheld, type Holder } from './withheld.ts';

/** Characters of a reason, which may name a frame of any length. */
const MAX_WHY = 400;

const EDITED = 'edited since its seal: it comes when its job is complete and can be sealed anew';

interface TakingUp {
  readonly id: string;
  readonly input: IterationInput;
  readonly model: string;
  readonly connect: ActivityDependencies['connect'];
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly isRunning: ActivityDependencies['isRunning'] | undefined;
  readonly running: Running;
}

export interface TakenUp {
  /** The newest version of the training set. */
  readonly head: Head;
  /** Iterations that were left as they are, and why. */
  readonly left: readonly NotAmended[];
}

/**
 * Labels of earlier iterations of the project that no training has read, since theirs was skipped, are trained on from now on:
 * but for what this iteration, that one, or any other holds out, by itself, its group or its picture. An iteration whose labels
 * the trainer cannot be given, as its model lacks a class or an image is lost, stays as it is and is told; so do all where
 * nothing tells what comes near the frames that somebody holds out. What people edited since the seal is never trained on as
 * it was sealed: a correction takes its place, or it is left for a later one.
 *
 * The training set names an iteration before its labels are put into the trainer; a further try ends what was begun.
 *
 * @param head with the iteration's own labels, and what it holds out
 */
export async function takeUp(taking: TakingUp, head: Head): Promise<TakenUp> {
  const { id, input, model, connect, trainer, store, isRunning, running } = taking;
  const { signal } = running;
  const left: NotAmended[] = [];
  const leave = (iteration: string, why: string): void =>
    void left.push({ iteration, frame: null, why: why.slice(0, MAX_WHY) });
  const others = await otherSets(store, chainOf(trainer));
  const { skipped, heldTasks } = await unreadLabels(store, { id, input, set: head.set, others });
  const sets = [head.set, ...others.map(({ set }) => set)];
  const { cvat } = connect(input.connection);
  const site = { cvat, trainer, store, signal, model, known: knownPictures(sets) };
  const found: SkippedIteration[] = [];
  for (const other of skipped) {
    const read = await orWhy(async () => readSkipped(site, other));
    if (typeof read === 'string') leave(other, read);
    else found.push(read);
  }
  const holders =
    found.length === 0 ? [] : await orWhy(async () => holdersOf({ ...site, id, isRunning, input, sets, heldTasks }));
  let newest = head;
  for (const one of found) {
    const added = typeof holders === 'string' ? holders : await orWhy(async () => add(taking, one, found, holders));
    if (typeof added === 'string') leave(one.id, added);
    else newest = added;
  }
  await putTaken(taking, newest);
  return { head: newest, left: [...left, ...leftBehind(newest.set, id)] };
}

/** Notes the frames of an iteration in the training set, as people have edited them since their seal. */
async function add(
  taking: TakingUp,
  skipped: SkippedIteration,
  all: readonly SkippedIteration[],
  holders: readonly Holder[],
): Promise<Head> {
  const { id, input, connect, trainer, store, running } = taking;
  const frames = await gather(taking, skipped, all, holders);
  const { cvat } = connect(input.connection);
  const { changed, away } = await asEdited({ by: id, cvat, store, signal: running.signal }, skipped, frames);
  const out = new Set(away.map(({ imageId }) => imageId));
  return appendVersion(store, trainer, id, (set) => {
    const sealed = withFrames(set, skipped.id, skipped.origin, frames);
    return withTakenUp(withAway(withoutImages(withLabels(sealed, changed), out), skipped.id, away), id, skipped.id);
  });
}

/** Puts the labels that this iteration took up into the trainer; one that lies there as it was sealed may have been corrected. */
async function putTaken(taking: TakingUp, { set }: Head): Promise<void> {
  const { id, trainer, running } = taking;
  const taken = new Set(set.origins[id]?.tookUp);
  const frames = set.frames.filter(({ by, aside }) => taken.has(by) && aside !== true);
  const missing = new Set(await missingOf(trainer, frames, running.signal));
  await putBackMissing(
    taking,
    set,
    frames.filter((frame) => missing.has(frame) || frame.earlier !== undefined),
  );
}

/** Frames that an iteration took up but for their labels, which people were editing; as far as they are not there by now. */
function leftBehind({ frames, origins }: TrainingSet, id: string): readonly NotAmended[] {
  const there = new Set(frames.map(({ imageId }) => imageId));
  return (origins[id]?.tookUp ?? []).flatMap((iteration) => {
    const waiting = (origins[iteration]?.away ?? []).filter(
      ({ why, imageId }) => why === 'edited' && !there.has(imageId),
    );
    return waiting.map(({ name }) => ({
      iteration,
      frame: name,
      why: EDITED,
    }));
  });
}

/** In words what a person would have to decide about: it is another iteration's, and keeps nobody from training. */
async function orWhy<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    if (isMaskloopError(error) && FAILURES[error.code].handling === 'attention') return error.message;
    throw error;
  }
}

/** Its frames that nobody holds out, with their images in the trainer. */
async function gather(
  { trainer, store, running }: TakingUp,
  skipped: SkippedIteration,
  all: readonly SkippedIteration[],
  holders: readonly Holder[],
): Promise<readonly TrainedFrame[]> {
  const { id, input, images, indexOf } = skipped;
  const looking = { trainer, store, images, indexOf, known: new Map<string, TrainedFrame>(), running };
  const looked = await lookAtFrames(looking, skipped.frames);
  const [conflict] = [...looked.imageConflicts, ...looked.labelConflicts];
  if (conflict !== undefined) {
    const { why, frame, image } = conflict;
    const code = looked.imageConflicts.length > 0 ? 'ImageConflict' : 'LabelConflict';
    throw new MaskloopError(code, `The trainer holds ${why} for frame "${frame}" (image ${image}).`);
  }
  const frames: TrainedFrame[] = [];
  for (const { frame, submitted, ...one } of looked.frames) {
    if (submitted === null) continue;
    const { name, frame: number, label } = frame;
    const imageSha256 = one.imageSha256 ?? hashBytes((await images(frame)).bytes);
    frames.push({ imageId: one.imageId, by: id, name, frame: number, imageSha256, label, submitted });
  }
  const skippedOnes = all.map(holderOf);
  const out = withheld(frames, input, input.training?.group, [...holders, ...skippedOnes]);
  const kept = frames.filter((frame) => !out.has(frame));
  const held = new Set(looked.frames.flatMap((one) => (one.imageSha256 === null ? [] : [one.imageId])));
  for (const frame of kept) {
    if (!held.has(frame.imageId)) await putImage(trainer, { ...frame, ...(await images(frame)) }, running.signal);
  }
  return kept;
}

/** What a skipped iteration would have held out; copies of it in its own task are not trained on either. */
function holderOf({ input, origin: { holding } }: SkippedIteration): Holder {
  const { connection, project } = input;
  return { connection, project, holding: holding ?? { frames: [] } };
}
