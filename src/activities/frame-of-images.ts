import type { CocoImage } from '../coco/coco.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { TaskMeta } from '../cvat/cvat.ts';
import { placeFrames } from '../cvat/place-frames.ts';

/**
 * Frame number by image id; see {@link placeFrames}.
 *
 * @throws MaskloopError `FrameMismatch`; `FrameSizeMismatch` for the first image that has another size than its frame
 */
export function frameOfImages(images: readonly CocoImage[], meta: TaskMeta): ReadonlyMap<number, number> {
  const frames = placeFrames(
    images.map(({ file_name }) => file_name),
    meta,
  );
  return new Map(images.map((image, index) => [image.id, checkedFrame(image, frames[index] ?? -1, meta)]));
}

function checkedFrame(image: CocoImage, number: number, meta: TaskMeta): number {
  const frame = meta.frames[number];
  if (frame === undefined || (frame.width === image.width && frame.height === image.height)) return number;
  throw new MaskloopError(
    'FrameSizeMismatch',
    `${image.file_name} is ${image.width}×${image.height}, its frame ${number} is ${frame.width}×${frame.height}.`,
    {
      facts: {
        file: image.file_name,
        frame: number,
        mask: [image.width, image.height],
        image: [frame.width, frame.height],
      },
    },
  );
}
