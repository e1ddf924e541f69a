import type { CocoAnnotation, CocoDocument, CocoImage } from '../../coco/coco.ts';
import { decodeCounts } from '../../coco/rle.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { stemOf } from '../../contracts/file-stem.ts';
import { maskPoints, paintMask } from '../../cvat/mask-points.ts';
import { folderLeftOut } from '../../cvat/place-frames.ts';
import { drawFrame, type DrawnFrame } from './drawn-frame.ts';

interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** The pre-annotations of frames. */
export interface Preannotated {
  /** Those of one frame; null if the document has no image for it. @throws MaskloopError `FrameSizeMismatch` */
  readonly draw: (frame: Size) => DrawnFrame | null;
  /** File names of the images that are no frame. */
  readonly withoutFrame: readonly string[];
}

/**
 * Finds the pre-annotations of frames by name without extension, as the import does: where all masks lie in one folder of
 * the task, that folder may be left out. Draws them in the order of the document, one frame at a time.
 *
 * @param frames all those of the task
 */
export function preannotatedImages(document: CocoDocument, frames: readonly Size[]): Preannotated {
  const images = new Map(document.images.map((image) => [stemOf(image.file_name), image]));
  const root = folderLeftOut(
    document.images.map(({ file_name }) => file_name),
    { frames },
  );
  const imageOf = (stem: string): CocoImage | undefined =>
    images.get(stem) ?? (stem.startsWith(root) ? images.get(stem.slice(root.length)) : undefined);
  const byImage = new Map<number, CocoAnnotation[]>(document.images.map(({ id }) => [id, []]));
  for (const annotation of document.annotations) byImage.get(annotation.image_id)?.push(annotation);
  const found = new Set(frames.map(({ name }) => imageOf(stemOf(name))?.id));
  const withoutFrame = document.images.filter(({ id }) => !found.has(id)).map(({ file_name }) => file_name);
  const draw: Preannotated['draw'] = ({ name, width, height }) => {
    const image = imageOf(stemOf(name));
    if (image === undefined) return null;
    if (image.width !== width || image.height !== height) {
      throw new MaskloopError(
        'FrameSizeMismatch',
        `${image.file_name} is ${image.width}×${image.height}, its frame "${name}" is ${width}×${height}.`,
        { facts: { file: image.file_name, frame: name, mask: [image.width, image.height], image: [width, height] } },
      );
    }
    const shapes = (byImage.get(image.id) ?? []).map(({ category_id, segmentation }) => ({
      category: category_id,
      source: 'auto',
      cover: (canvas: { values: Uint8Array }): void => {
        paintMask(maskPoints(decodeCounts(segmentation.counts), width, height), canvas.values, width, height, 1);
      },
    }));
    return drawFrame({ width, height }, shapes);
  };
  return { draw, withoutFrame };
}
