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
  const [first] = frames;
  if (first === undefined) return;
  const listed = frames
    .map(({ imageId, submitted }) => `${imageId} ${submitted.sha256}`)
    .toSorted((a, b) => (a < b ? -1 : 1));
  const digest = hashBytes(JSON.stringify(listed));
  if (approved.includes(digest)) return;
  throw new MaskloopError(
    'HeldOutTrained',
    `${frames.length} of the frames that are held out are in the training set, "${first.name}" first, put there by ${first.by}.`,
    {
      facts: {
        count: frames.length,
        frames: frames.slice(0, MAX_LISTED).map(({ name, by }) => `${name} (${by})`),
        approves: digest,
      },
    },
  );
}
