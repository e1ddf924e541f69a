import { MaskloopError } from '../contracts/error.ts';
import { rowRuns, type Box } from './row-runs.ts';

/** CVAT's points of a mask without any pixel, as CVAT itself stores them. */
const EMPTY = [1, 0, 0, 0, 0] as const;

/**
 * The points that CVAT stores for a COCO mask: run lengths row by row in the smallest box around the mask, background
 * first, then left, top, right and bottom of the box, inclusive.
 *
 * @param runs COCO's run lengths column by column over the whole image, background first
 * @throws `InvalidRle` if the runs do not add up to `width * height` pixels
 */
export function maskPoints(runs: ArrayLike<number>, width: number, height: number): number[] {
  const box = boxOf(runs, width, height);
  if (box === null) return [...EMPTY];
  const points = rowRuns(runs, height, box);
  points.push(box.left, box.top, box.right, box.bottom);
  return points;
}

/**
 * Says why points are no mask in a frame of this size, or null if they are one: whole numbers, at least one run, a box
 * inside the frame, and runs that fill the box.
 */
export function maskProblem(points: ArrayLike<number>, width: number, height: number): string | null {
  if (points.length < 5) return `${points.length} numbers are too few for a mask`;
  let covered = 0;
  for (let i = 0; i < points.length; i += 1) {
    const number = points[i] ?? Number.NaN;
    if (!Number.isSafeInteger(number) || number < 0) return `${number} is no length in pixels`;
    if (i < points.length - 4) covered += number;
  }
  const { left, top, right, bottom } = boxIn(points);
  if (right >= width || bottom >= height || left > right || top > bottom) {
    return `the box ${left}, ${top} to ${right}, ${bottom} does not lie in the frame of ${width}×${height}`;
  }
  const area = (right - left + 1) * (bottom - top + 1);
  return covered === area ? null : `the runs cover ${covered} pixels of a box of ${area}`;
}

/**
 * Paints CVAT's mask points into an image of `targetWidth * targetHeight` values, row by row; other pixels stay.
 * @throws `InvalidRle` for what {@link maskProblem} names
 */
export function paintMask(
  points: ArrayLike<number>,
  target: Uint8Array | Uint16Array,
  targetWidth: number,
  targetHeight: number,
  value: number,
): void {
  const problem = maskProblem(points, targetWidth, targetHeight);
  if (problem !== null)
    throw new MaskloopError('InvalidRle', `Mask points of CVAT: ${problem}`, { facts: { problem } });
  const { left, top, right } = boxIn(points);
  const boxWidth = right - left + 1;
  let at = 0;
  for (let i = 0; i < points.length - 4; i += 2) {
    at += points[i] ?? 0;
    const end = at + (i + 1 < points.length - 4 ? (points[i + 1] ?? 0) : 0);
    // A run may go over several rows of the box.
    while (at < end) {
      const column = at % boxWidth;
      const length = Math.min(boxWidth - column, end - at);
      const start = (top + Math.floor(at / boxWidth)) * targetWidth + left + column;
      target.fill(value, start, start + length);
      at += length;
    }
  }
}

function boxIn(points: ArrayLike<number>): Box {
  const [left = 0, top = 0, right = 0, bottom = 0] = Array.from({ length: 4 }, (_, i) => points[points.length - 4 + i]);
  return { left, top, right, bottom };
}

/** The smallest box around the foreground, or null without any. */
function boxOf(runs: ArrayLike<number>, width: number, height: number): Box | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  let at = 0;
  for (let i = 0; i < runs.length; i += 1) {
    const length = runs[i] ?? 0;
    if (i % 2 === 1 && length > 0) {
      const last = at + length - 1;
      const [from, to] = [Math.floor(at / height), Math.floor(last / height)];
      // A run that goes on in the next column touches the bottom of one and the top of the other.
      const [upper, lower] = from === to ? [at % height, last % height] : [0, height - 1];
      [left, right] = [Math.min(left, from), Math.max(right, to)];
      [top, bottom] = [Math.min(top, upper), Math.max(bottom, lower)];
    }
    at += length;
  }
  if (at !== width * height) {
    const problem = `Runs of ${at} pixels for an image of ${width}×${height}`;
    throw new MaskloopError('InvalidRle', problem, { facts: { pixels: at, width, height } });
  }
  return right === -1 ? null : { left, top, right, bottom };
}
