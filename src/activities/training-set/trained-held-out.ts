import type { IterationInput } from '../../contracts/iteration.ts';
import type { TrainedFrame, TrainingSet } from '../../contracts/training-set.ts';
import { groupOf } from '../../gate/group-of.ts';
import { imageId } from '../../monai/image-id.ts';
import { trainingOf } from '../training-of.ts';

/** A frame that an iteration holds out. */
export interface HeldOutFrame {
  readonly imageId: string;
  readonly name: string;
  /** SHA-256 of its picture, where that is known already. */
  readonly imageSha256?: string | undefined;
}

/**
 * Frames of a training set that an iteration holds out; those that share a group with one that it holds out, in whichever
 * task of the project; and those of other tasks, of any project, with the very picture of one. Frames that are a group of
 * their own may well be called alike in two tasks.
 *
 * @param heldOut all that the iteration holds out, of its own task and from outside
 */
export function trainedHeldOut(
  { frames, origins }: Pick<TrainingSet, 'frames' | 'origins'>,
  input: IterationInput,
  heldOut: readonly HeldOutFrame[],
): readonly TrainedFrame[] {
  const images = new Set(heldOut.map((frame) => frame.imageId));
  const groupOfFrame = groupOf(trainingOf(input).group);
  const isGrouped = (name: string): boolean => groupOfFrame(name) !== name;
  const groups = new Set(heldOut.flatMap(({ name }) => (isGrouped(name) ? [groupOfFrame(name)] : [])));
  const isOfProject = ({ by }: TrainedFrame): boolean => {
    const origin = origins[by];
    return origin?.connection === input.connection && origin.project === input.project;
  };
  const isMate = (frame: TrainedFrame): boolean =>
    isGrouped(frame.name) && groups.has(groupOfFrame(frame.name)) && isOfProject(frame);
  const pictures = new Set(heldOut.flatMap(({ imageSha256 }) => imageSha256 ?? []));
  const isCopy = ({ imageSha256, imageId: id, name }: TrainedFrame): boolean =>
    pictures.has(imageSha256) && id !== imageId({ ...input, frame: name });
  return frames.filter((frame) => images.has(frame.imageId) || isMate(frame) || isCopy(frame));
}
