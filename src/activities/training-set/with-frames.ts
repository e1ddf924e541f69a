import type { AwayFrame, TrainedFrame, TrainingOrigin, TrainingSet } from '../../contracts/training-set.ts';

/** Labels that one frame may have had; only those that may still lie in the trainer are of interest. */
const MAX_EARLIER = 10;

/** A frame in the place of the one of the same image, whose labels it may find in the trainer. */
function instead(frame: TrainedFrame, before: TrainedFrame | undefined): TrainedFrame {
  if (before === undefined) return frame;
  const all = [...(before.earlier ?? []), before.submitted.sha256];
  const earlier = [...new Set(all)].filter((sha256) => sha256 !== frame.submitted.sha256).slice(-MAX_EARLIER);
  return earlier.length === 0 ? frame : { ...frame, earlier };
}

/** Both lists, each image once and in order; undefined for none. */
function union(before: readonly string[] = [], now: readonly string[] = []): readonly string[] | undefined {
  const all = [...new Set([...before, ...now])].toSorted();
  return all.length === 0 ? undefined : all;
}

/** An origin with what earlier tries of the same iteration have changed, but for labels that are there again. */
function withEarlierTries(origin: TrainingOrigin, before: TrainingOrigin | undefined, there: ReadonlySet<string>) {
  const { removed: now, ...rest } = origin;
  const removed = union(before?.removed, now)?.filter((imageId) => !there.has(imageId));
  const putBack = before?.putBack;
  const tookUp = before?.tookUp;
  return {
    ...rest,
    ...(removed === undefined || removed.length === 0 ? {} : { removed }),
    ...(putBack === undefined ? {} : { putBack }),
    ...(tookUp === undefined ? {} : { tookUp }),
  } satisfies TrainingOrigin;
}

/**
 * A training set with the frames of an iteration: they take the place of what is known of the same images, and whatever else
 * the iteration had put there before is no longer part of it. What an earlier try of it took out or put back stays known.
 *
 * @param id of the iteration
 * @param origin with what this try has taken out
 */
export function withFrames(
  set: TrainingSet,
  id: string,
  origin: TrainingOrigin,
  frames: readonly TrainedFrame[],
): TrainingSet {
  const known = new Map(set.frames.map((frame) => [frame.imageId, frame]));
  const gone = new Set([...frames.map(({ imageId }) => imageId), ...origin.heldOut, ...(origin.removed ?? [])]);
  const others = set.frames.filter(({ imageId, by }) => by !== id && !gone.has(imageId));
  const own = frames.map((frame) => instead(frame, known.get(frame.imageId)));
  const named = new Set(own.map(({ imageId }) => imageId));
  return {
    frames: [...others, ...own],
    origins: { ...set.origins, [id]: withEarlierTries(origin, set.origins[id], named) },
    approved: set.approved.filter(({ imageId }) => !named.has(imageId)),
  };
}

/** A training set in which some frames have other labels; each keeps its iteration. */
export function withLabels(set: TrainingSet, changed: readonly TrainedFrame[]): TrainingSet {
  const byId = new Map(changed.map((frame) => [frame.imageId, frame]));
  return {
    ...set,
    frames: set.frames.map((frame) => instead(byId.get(frame.imageId) ?? frame, frame)),
  };
}

/** A training set with frames that were once part of it; one that is there stays as it is. */
export function withRestored(set: TrainingSet, restored: readonly TrainedFrame[]): TrainingSet {
  const there = new Set(set.frames.map(({ imageId }) => imageId));
  return { ...set, frames: [...set.frames, ...restored.filter(({ imageId }) => !there.has(imageId))] };
}

/** A training set that says which labels an iteration puts back. @param id of an iteration that it knows */
export function withPutBack(set: TrainingSet, id: string, images: readonly string[]): TrainingSet {
  const origin = set.origins[id];
  const putBack = union(origin?.putBack, images);
  if (origin === undefined || putBack === undefined) return set;
  return { ...set, origins: { ...set.origins, [id]: { ...origin, putBack } } };
}

/** A training set that says whose labels an iteration was the first to train on. @param id of an iteration that it knows */
export function withTakenUp(set: TrainingSet, id: string, other: string): TrainingSet {
  const origin = set.origins[id];
  const tookUp = union(origin?.tookUp, [other]);
  if (origin === undefined || tookUp === undefined) return set;
  return { ...set, origins: { ...set.origins, [id]: { ...origin, tookUp } } };
}

/** A training set that says which frames of an iteration may come back. @param id of an iteration that it knows */
export function withAway(set: TrainingSet, id: string, frames: readonly AwayFrame[]): TrainingSet {
  const origin = set.origins[id];
  if (origin === undefined || frames.length === 0) return set;
  const byImage = new Map([...(origin.away ?? []), ...frames].map((frame) => [frame.imageId, frame]));
  const away = [...byImage.values()].toSorted((a, b) => (a.imageId < b.imageId ? -1 : 1));
  return { ...set, origins: { ...set.origins, [id]: { ...origin, away } } };
}

/** A training set without some images. */
export function withoutImages(set: TrainingSet, images: ReadonlySet<string>): TrainingSet {
  return { ...set, frames: set.frames.filter(({ imageId }) => !images.has(imageId)) };
}
