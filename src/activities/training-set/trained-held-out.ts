import type { IterationInput } from '../../contracts/iteration.ts';
import type { TrainedFrame, TrainingSet } from '../../contracts/training-set.ts';
import { imageId } from '../../monai/image-id.ts';
import { trainingOf } from '../training-of.ts';
import { heldOutBy, type HeldOutFrame } from './held-out-by.ts';

/**
 * Frames of a training set that an iteration holds out; those that share a group with one that it holds out, in whichever
 * task of the project; and those of any task and project with the very picture of one, but for the iteration's own task where the
 * picture comes from outside.
 *
 * @param heldOut all that the iteration holds out, of its own task and from outside
 */
export function trainedHeldOut(
  { frames, origins }: Pick<TrainingSet, 'frames' | 'origins'>,
  input: IterationInput,
  heldOut: readonly HeldOutFrame[],
): readonly TrainedFrame[] {
  const isOfTask = ({ imageId: id, name }: HeldOutFrame): boolean => id === imageId({ ...input, frame: name });
  const asHeldOut = heldOutBy({ group: trainingOf(input).group, frames: heldOut });
  const ownPictures = new Set(heldOut.filter(isOfTask).map(({ imageSha256 }) => imageSha256));
  return frames.filter((frame) => {
    const origin = origins[frame.by];
    const isOfProject = origin?.connection === input.connection && origin.project === input.project;
    const found = asHeldOut(frame, isOfProject);
    const isFromOutside = found === 'picture' && !ownPictures.has(frame.imageSha256);
    return found !== null && !(isFromOutside && isOfTask(frame));
  });
}
