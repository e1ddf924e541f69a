import type { LabelledFrame, LabelManifest } from '../../contracts/manifests.ts';
import type { AmendedFrame, AwayFrame, NotAmended, TrainedFrame } from '../../contracts/training-set.ts';
import type { EditPlace } from './edits-since.ts';
import type { SealedEarlier } from './sealed-earlier.ts';

export interface CorrectedFrames {
  readonly changed: readonly { readonly frame: TrainedFrame; readonly now: LabelledFrame }[];
  /** Frames that were deleted in CVAT. */
  readonly deleted: readonly TrainedFrame[];
  /** Frames that were away and come to the training set. */
  readonly restored: readonly { readonly frame: AwayFrame; readonly now: LabelledFrame }[];
  /** Frames that were away, edited and not noted as deleted, and were deleted there since. */
  readonly gone: readonly AwayFrame[];
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
  const isDeleted = ({ name }: { readonly name: string }): boolean => without.get(name) === 'deleted';
  const gone = restorable.filter((frame) => frame.why === 'edited' && isDeleted(frame));
  return { changed, deleted: frames.filter(isDeleted), restored, gone, left };
}

/**
 * Frames that are labelled now and were deleted when their task was sealed: its receipt has no label of them that could be
 * corrected.
 */
export function sealedWithout(
  { id, frames, restorable }: Pick<SealedEarlier, 'id' | 'frames' | 'restorable'>,
  labels: LabelManifest,
  edits: readonly EditPlace[],
): readonly NotAmended[] {
  const back = new Set(edits.flatMap(({ what, frame }) => (what === 'frame restored' ? [frame] : [])));
  const known = new Set([...frames, ...restorable].map(({ name }) => name));
  const found = labels.frames.filter(({ name, frame }) => back.has(frame) && !known.has(name));
  const why = 'deleted when its task was sealed, and restored since: a further iteration of the task would seal it';
  return found.map(({ name }) => ({ iteration: id, frame: name, why }));
}

function noted({ imageId, name }: AwayFrame | TrainedFrame, before: string, after: string | null): AmendedFrame {
  return { imageId, name, before, after };
}

/** What an amendment says of corrected frames; a frame that was away and has the label that it had needs no word. */
export function amendedFrames({
  changed,
  deleted,
  restored,
  gone,
}: Omit<CorrectedFrames, 'left'>): readonly AmendedFrame[] {
  const isNew = ({ frame, now }: CorrectedFrames['restored'][number]): boolean =>
    frame.why === 'deleted' || frame.before !== now.label.sha256;
  return [
    ...changed.map(({ frame, now }) => noted(frame, frame.label.sha256, now.label.sha256)),
    ...restored.filter(isNew).map(({ frame, now }) => noted(frame, frame.before, now.label.sha256)),
    ...deleted.map((frame) => noted(frame, frame.label.sha256, null)),
    ...gone.map((frame) => noted(frame, frame.before, null)),
  ];
}

/** A frame that leaves the training set, or does not come to it, and may come back. */
export function asAway({ imageId, name, imageSha256, label }: TrainedFrame, why: AwayFrame['why']): AwayFrame {
  return { imageId, name, imageSha256, before: label.sha256, why };
}
