/** COCO documents for imports, written by hand so that no code of ours vouches for itself. */

export const WIDTH = 96;
export const HEIGHT = 64;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export const BOX: Box = { x: 10, y: 20, w: 5, h: 4 };

/** Points of a filled box as CVAT stores a mask: row-major runs, background first, then the box. */
export function maskPoints({ x, y, w, h }: Box): number[] {
  return [0, w * h, x, y, x + w - 1, y + h - 1];
}

/** Column-major runs of a filled box in a frame. */
function runsOf({ x, y, w, h }: Box): number[] {
  const runs = [x * HEIGHT + y];
  for (let column = 0; column < w; column += 1) {
    runs.push(h, column === w - 1 ? (WIDTH - x - w) * HEIGHT + HEIGHT - y - h : HEIGHT - h);
  }
  return runs;
}

/** One annotation of a document. */
export interface Wish {
  /** Position in the list of names. */
  readonly image: number;
  readonly category?: string;
  readonly box?: Box;
  readonly attributes?: object;
}

/** A document over files, with annotations of uncompressed RLE. */
export function coco(names: readonly string[], wishes: readonly Wish[], categories = ['tool', 'tissue']): Uint8Array {
  const document = {
    info: { description: '' },
    licenses: [],
    categories: categories.map((name, index) => ({ id: index + 1, name })),
    images: names.map((name, index) => ({ id: index + 1, file_name: name, width: WIDTH, height: HEIGHT })),
    annotations: wishes.map(({ image, category = 'tool', box = BOX, attributes = {} }, index) => ({
      id: index + 1,
      image_id: image + 1,
      category_id: categories.indexOf(category) + 1,
      iscrowd: 0,
      area: box.w * box.h,
      bbox: [box.x, box.y, box.w, box.h],
      segmentation: { size: [HEIGHT, WIDTH], counts: runsOf(box) },
      attributes,
    })),
  };
  return Buffer.from(JSON.stringify(document));
}
