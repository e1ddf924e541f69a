import { encodeCounts } from '../../src/coco/rle.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';

/** A box of pixels: left, top, right, bottom; the last two are outside of it. */
export type Box = readonly [number, number, number, number];

export interface PreannotatedFrame {
  readonly name: string;
  readonly shapes: readonly { readonly category: number; readonly box: Box }[];
}

const [WIDTH, HEIGHT] = [96, 64];

/** Run lengths of a box column by column, background first. */
function runsOf([left, top, right, bottom]: Box): number[] {
  const runs = [left * HEIGHT + top];
  for (let column = left; column < right; column += 1) {
    runs.push(bottom - top, column + 1 < right ? HEIGHT - (bottom - top) : (WIDTH - column) * HEIGHT - bottom);
  }
  return runs;
}

/** Stores a document as the conversion writes it, with boxes on frames of 96×64. */
export async function storePreannotations(
  store: ArtifactStore,
  categories: readonly { readonly id: number; readonly name: string }[],
  frames: readonly PreannotatedFrame[],
): Promise<ArtifactRef> {
  const shapes = frames.flatMap((frame, i) => frame.shapes.map((shape) => ({ image: i + 1, ...shape })));
  const document = {
    images: frames.map(({ name }, i) => ({ id: i + 1, file_name: name, width: WIDTH, height: HEIGHT })),
    annotations: shapes.map(({ image, category, box }, i) => ({
      id: i + 1,
      image_id: image,
      category_id: category,
      segmentation: { size: [HEIGHT, WIDTH], counts: encodeCounts(runsOf(box)) },
      area: (box[2] - box[0]) * (box[3] - box[1]),
      bbox: [box[0], box[1], box[2] - box[0], box[3] - box[1]],
      iscrowd: 0,
      attributes: { source: 'auto' },
    })),
    categories,
    info: { description: 'boxes' },
    licenses: [],
  };
  return store.put(Buffer.from(JSON.stringify(document)));
}

/** The same box as CVAT stores it when it was imported as a mask. */
export function boxMask([left, top, right, bottom]: Box): number[] {
  return [0, (right - left) * (bottom - top), left, top, right - 1, bottom - 1];
}
