import { countOf } from '../../contracts/count-of.ts';
import { MaskloopError } from '../../contracts/error.ts';
import type { TrainedFrame } from '../../contracts/training-set.ts';
import { hashBytes } from '../../storage/file-hash.ts';

/** Frames that a message lists. */
const MAX_LISTED = 50;

/**
 * Frames that are held out now and were trained on earlier may be taken out of the training set by a person.
 *
 * @param approved digests that somebody approved
 * @throws MaskloopError `HeldOutTrained` with the list, unless exactly these frames were approved
 */
export function requireApprovedRemoval(frames: readonly TrainedFrame[], approved: readonly string[]): void {
  const digest = digestOf(frames);
  if (!approved.includes(digest)) throwTrained(frames, digest);
}

/** A frame that shares a group with what another iteration holds out. */
export interface GroupedFrame {
  readonly frame: TrainedFrame;
  /** Id of that iteration. */
  readonly heldBy: string;
}

/**
 * Frames that were to be trained on, and share a group with one that another iteration holds out, may be held out by a person.
 *
 * @param approved digests that somebody approved
 * @throws MaskloopError `HeldOutTrained` with the list, unless exactly these frames were approved
 */
export function requireApprovedGroups(grouped: readonly GroupedFrame[], approved: readonly string[]): void {
  const [first] = grouped;
  const digest = digestOf(grouped.map(({ frame }) => frame));
  if (first === undefined || approved.includes(digest)) return;
  const frames = `${countOf(grouped.length, 'frame')} of the task ${grouped.length === 1 ? 'is' : 'are'}`;
  throw new MaskloopError(
    'HeldOutTrained',
    `${frames} of a group that another iteration holds out: "${first.frame.name}" first, of one that ${first.heldBy} holds out.`,
    {
      facts: {
        count: grouped.length,
        frames: grouped.slice(0, MAX_LISTED).map(({ frame, heldBy }) => `${frame.name} (${heldBy})`),
        approves: digest,
      },
    },
  );
}

/** Tells one list of frames and labels from another: 64 hex digits. */
function digestOf(frames: readonly TrainedFrame[]): string {
  const listed = frames
    .map(({ imageId, submitted }) => `${imageId} ${submitted.sha256}`)
    .toSorted((a, b) => (a < b ? -1 : 1));
  return hashBytes(JSON.stringify(listed));
}

/**
 * @param approves the digest by which a person may have them taken out; null where that is not for them to decide
 * @throws MaskloopError `HeldOutTrained` with the list; nothing for none
 */
export function throwTrained(frames: readonly TrainedFrame[], approves: string | null): void {
  const [first] = frames;
  if (first === undefined) return;
  throw new MaskloopError(
    'HeldOutTrained',
    `${countOf(frames.length, 'frame')} of the training set ${frames.length === 1 ? 'is' : 'are'} held out, or of a group or picture that is: "${first.name}" first, put there by ${first.by}.`,
    {
      facts: {
        count: frames.length,
        frames: frames.slice(0, MAX_LISTED).map(({ name, by }) => `${name} (${by})`),
        ...(approves === null ? {} : { approves }),
      },
    },
  );
}
