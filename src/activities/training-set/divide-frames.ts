import type { SubmissionRef } from '../../contracts/training.ts';
import type { HeldOutPicture, TrainedFrame } from '../../contracts/training-set.ts';
import type { LookedFrame } from './look-at-frames.ts';
import type { Holder, Withheld } from './withheld.ts';

/** A frame whose image the trainer holds. */
export type HeldFrame = LookedFrame & { readonly imageSha256: string };

/** Another iteration that holds frames out. */
export interface OtherHolder extends Holder {
  readonly id: string;
}

/** A frame that is held out though nobody chose it: by which other frame of its task, or which iteration. */
interface Reason {
  readonly as: 'copy' | 'others';
  readonly of: string;
}

export type DividedFrame = HeldFrame & { readonly unmeasured?: Reason };

/** A frame as what is held out is compared by. */
export function pictureOf({ frame, imageId, imageSha256 }: HeldFrame): HeldOutPicture {
  return { imageId, name: frame.name, imageSha256 };
}

/** Those that are trained on. @param by id of their iteration */
export function trainedFrames(by: string, frames: readonly HeldFrame[]): readonly TrainedFrame[] {
  return frames.flatMap(({ frame, imageId, imageSha256, submitted }) => {
    if (submitted === null) return [];
    return [{ imageId, by, name: frame.name, frame: frame.frame, imageSha256, label: frame.label, submitted }];
  });
}

/**
 * Frames that are trained on and those that are not, once their pictures are known. A frame with the very picture of a held-out
 * one of its task is held out with it, and so is one that another iteration holds out. None of these is measured: its picture is
 * already, or is another's to measure.
 *
 * @param others what other iterations hold out, by image id
 */
export function divideFrames(
  frames: readonly HeldFrame[],
  others: ReadonlyMap<string, Withheld<OtherHolder>>,
): readonly DividedFrame[] {
  const chosen = frames.filter(({ part }) => part === 'heldOut').toReversed();
  const nameOf = new Map(chosen.map(({ imageSha256, frame }) => [imageSha256, frame.name]));
  return frames.map((frame): DividedFrame => {
    if (frame.part === 'heldOut') return frame;
    const copied = nameOf.get(frame.imageSha256);
    const other = others.get(frame.imageId);
    if (copied === undefined && other === undefined) return frame;
    const unmeasured: Reason =
      copied === undefined ? { as: 'others', of: other?.by.id ?? '' } : { as: 'copy', of: copied };
    return { ...frame, part: 'heldOut', submitted: null, unmeasured };
  });
}

/** Frames that a sentence names, and characters of each, which may be called anything. */
const MAX_SHOWN = 10;
const MAX_TEXT = 150;

/** What is told of the frames that are held out and not measured. */
export function unmeasuredOf(frames: readonly DividedFrame[]): Pick<SubmissionRef, 'unmeasured'> {
  const told = frames.flatMap(({ frame, unmeasured }) => (unmeasured === undefined ? [] : [{ frame, ...unmeasured }]));
  if (told.length === 0) return {};
  const copies = told.filter(({ as }) => as === 'copy').length;
  const words = told.slice(0, MAX_SHOWN).map(({ frame, as, of }) => {
    return `${frame.name} (${as === 'copy' ? `the picture of ${of}` : `held out by ${of}`})`.slice(0, MAX_TEXT);
  });
  return { unmeasured: { copies, others: told.length - copies, first: words } };
}
