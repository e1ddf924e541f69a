import type { Mask } from '../../coco/mask.ts';

interface MaskShape {
  readonly id: number;
  readonly z_order: number;
  /** Row-major run lengths in the box, background first, then left, top, right, bottom (inclusive). */
  readonly points: readonly number[];
}

/**
 * Paints mask shapes as CVAT shows them: lower `z_order` first, then lower id. Pixels outside the frame are left out.
 *
 * @param valueOf the value that a shape's pixels get, from 1 to 65,535
 */
export function paintMask<T extends MaskShape>(
  size: { readonly width: number; readonly height: number },
  shapes: readonly T[],
  valueOf: (shape: T) => number,
): Mask {
  const ordered = shapes.toSorted((a, b) => a.z_order - b.z_order || a.id - b.id);
  const isWide = shapes.some((shape) => valueOf(shape) > 255);
  const pixels = size.width * size.height;
  const mask = { ...size, values: isWide ? new Uint16Array(pixels) : new Uint8Array(pixels) };
  for (const shape of ordered) paint(mask, shape.points, valueOf(shape));
  return mask;
}

function paint(mask: Mask, points: readonly number[], value: number): void {
  const [left = 0, top = 0, right = 0] = points.slice(-4);
  const boxWidth = right - left + 1;
  let at = 0;
  for (const [index, run] of points.slice(0, -4).entries()) {
    if (index % 2 === 1) {
      for (let offset = at; offset < at + run; offset += 1) {
        const x = left + (offset % boxWidth);
        const y = top + Math.floor(offset / boxWidth);
        if (x < mask.width && y < mask.height) mask.values[y * mask.width + x] = value;
      }
    }
    at += run;
  }
}

/** The points of the mask shape that covers all pixels of one value; undefined if there are none. */
export function pointsOfValue(mask: Mask, value: number): number[] | undefined {
  let [left, top, right, bottom] = [mask.width, mask.height, -1, -1];
  for (const [index, sample] of mask.values.entries()) {
    if (sample !== value) continue;
    const x = index % mask.width;
    const y = Math.floor(index / mask.width);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (right < 0) return undefined;
  const points: number[] = [];
  let isInside = false;
  let run = 0;
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      if ((mask.values[y * mask.width + x] === value) !== isInside) {
        points.push(run);
        run = 0;
        isInside = !isInside;
      }
      run += 1;
    }
  }
  points.push(run, left, top, right, bottom);
  return points;
}

/** Do two masks of one size have the same pixels of a value? */
export function sameRegion(a: Mask, b: Mask, value: number): boolean {
  return a.values.every((sample, index) => (sample === value) === (b.values[index] === value));
}
