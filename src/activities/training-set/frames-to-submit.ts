import { MaskloopError } from '../../contracts/error.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { LabelManifest } from '../../contracts/manifests.ts';
import { imageId } from '../../monai/image-id.ts';
import type { SubmittedFrame } from './look-at-frames.ts';

/**
 * The sealed frames with their image ids.
 *
 * @param heldOut names of frames that are measured and never trained on
 * @throws MaskloopError `ImageConflict` if two frames differ in nothing but the ending of their names: they would be one image
 */
export function framesToSubmit(
  input: IterationInput,
  labels: LabelManifest,
  heldOut: ReadonlySet<string>,
): readonly SubmittedFrame[] {
  const names = new Map<string, string>();
  return labels.frames.map((frame) => {
    const id = imageId({ ...input, frame: frame.name });
    const other = names.get(id);
    if (other !== undefined) {
      throw new MaskloopError('ImageConflict', `Frames "${other}" and "${frame.name}" would be the same image ${id}.`, {
        facts: { frames: [other, frame.name], image: id },
      });
    }
    names.set(id, frame.name);
    return { frame, imageId: id, part: heldOut.has(frame.name) ? 'heldOut' : 'training' };
  });
}

/** Images of the frames of a task that were deleted in CVAT. */
export function deletedImages(input: IterationInput, { withoutLabel = [] }: LabelManifest): ReadonlySet<string> {
  const deleted = withoutLabel.filter(({ why }) => why === 'deleted');
  return new Set(deleted.map(({ name }) => imageId({ ...input, frame: name })));
}
