import type { LabelledFrame, LabelManifest } from '../../contracts/manifests.ts';
import type { NotAmended, TrainedFrame } from '../../contracts/training-set.ts';

export interface CorrectedFrames {
  readonly changed: readonly { readonly frame: TrainedFrame; readonly now: LabelledFrame }[];
  /** Frames that were deleted in CVAT. */
  readonly deleted: readonly TrainedFrame[];
  readonly left: readonly NotAmended[];
}

/**
 * What became of frames that are trained on, in labels that were sealed later.
 *
 * @param edited numbers of the frames that were edited since
 */
export function correctedFrames(
  frames: readonly TrainedFrame[],
  labels: LabelManifest,
  edited: ReadonlySet<number>,
): CorrectedFrames {
  const labelled = new Map(labels.frames.map((frame) => [frame.name, frame]));
  const without = new Map((labels.withoutLabel ?? []).map(({ name, why }) => [name, why]));
  const changed = frames.flatMap((frame) => {
    const now = labelled.get(frame.name);
    return now === undefined || now.label.sha256 === frame.label.sha256 ? [] : [{ frame, now }];
  });
  const left = frames
    .filter(({ name, frame }) => without.get(name) === 'unfinished' && edited.has(frame))
    .map(({ name, by }) => ({ iteration: by, frame: name, why: 'its job is not complete' }));
  return { changed, deleted: frames.filter(({ name }) => without.get(name) === 'deleted'), left };
}
