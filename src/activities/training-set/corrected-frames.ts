import type { LabelledFrame, LabelManifest } from '../../contracts/manifests.ts';
import type { NotAmended, TrainedFrame } from '../../contracts/training-set.ts';
import type { RestorableFrame } from './restorable-frames.ts';
import type { SealedEarlier } from './sealed-earlier.ts';

export interface CorrectedFrames {
  readonly changed: readonly { readonly frame: TrainedFrame; readonly now: LabelledFrame }[];
  /** Frames that were deleted in CVAT. */
  readonly deleted: readonly TrainedFrame[];
  /** Frames that were deleted there and are back. */
  readonly restored: readonly { readonly frame: RestorableFrame; readonly now: LabelledFrame }[];
  readonly left: readonly NotAmended[];
}

/**
 * What became of frames of an earlier iteration, in labels that were sealed later.
 *
 * @param edited numbers of the frames that were edited since
 */
export function correctedFrames(
  { id, frames, restorable }: Pick<SealedEarlier, 'id' | 'frames' | 'restorable'>,
  labels: LabelManifest,
  edited: ReadonlySet<number>,
): CorrectedFrames {
  const labelled = new Map(labels.frames.map((frame) => [frame.name, frame]));
  const without = new Map((labels.withoutLabel ?? []).map(({ name, why }) => [name, why]));
  const changed = frames.flatMap((frame) => {
    const now = labelled.get(frame.name);
    return now === undefined || now.label.sha256 === frame.label.sha256 ? [] : [{ frame, now }];
  });
  const restored = restorable.flatMap((frame) => {
    const now = labelled.get(frame.name);
    return now === undefined ? [] : [{ frame, now }];
  });
  const unfinished = [...frames.filter(({ frame }) => edited.has(frame)), ...restorable].filter(
    ({ name }) => without.get(name) === 'unfinished',
  );
  const left = unfinished.map(({ name }) => ({ iteration: id, frame: name, why: 'its job is not complete' }));
  return { changed, deleted: frames.filter(({ name }) => without.get(name) === 'deleted'), restored, left };
}
