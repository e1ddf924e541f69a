/** A region as column-major run lengths, background first, as COCO writes it. */
export interface ColumnRuns {
  readonly width: number;
  readonly height: number;
  readonly counts: readonly number[];
}

/** Inclusive pixels. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Turns COCO's runs into the points of a CVAT mask: row-major run lengths inside the bounding box, background
 * first, then left, top, right and bottom (inclusive pixels). A region without pixels becomes `[1, 0, 0, 0, 0]`.
 */
export function maskPoints(region: ColumnRuns): number[] {
  const runs = foregroundRuns(region.counts);
  const box = boxOf(runs, region.height);
  if (box === undefined) return [1, 0, 0, 0, 0];
  const points = rowRuns(paint(runs, region.height, box));
  points.push(box.left, box.top, box.right, box.bottom);
  return points;
}

interface Run {
  /** First and last pixel, counted down the columns. */
  readonly first: number;
  readonly last: number;
}

function foregroundRuns(counts: readonly number[]): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const [index, count] of counts.entries()) {
    if (index % 2 === 1 && count > 0) runs.push({ first: at, last: at + count - 1 });
    at += count;
  }
  return runs;
}

/** A run that leaves its column touches that column's last row and the next one's first: its box has the full height. */
function boxOf(runs: readonly Run[], height: number): Box | undefined {
  let box: Box | undefined;
  for (const { first, last } of runs) {
    const left = Math.floor(first / height);
    const right = Math.floor(last / height);
    const top = left < right ? 0 : first % height;
    const bottom = left < right ? height - 1 : last % height;
    box = {
      left: Math.min(box?.left ?? left, left),
      top: Math.min(box?.top ?? top, top),
      right: Math.max(box?.right ?? right, right),
      bottom: Math.max(box?.bottom ?? bottom, bottom),
    };
  }
  return box;
}

/** The pixels of the box, row by row. */
function paint(runs: readonly Run[], height: number, box: Box): Uint8Array {
  const across = box.right - box.left + 1;
  const pixels = new Uint8Array(across * (box.bottom - box.top + 1));
  for (const { first, last } of runs) {
    for (let at = first; at <= last; at += 1) {
      pixels[((at % height) - box.top) * across + Math.floor(at / height) - box.left] = 1;
    }
  }
  return pixels;
}

function rowRuns(pixels: Uint8Array): number[] {
  const runs: number[] = [];
  let value = 0;
  let run = 0;
  for (const pixel of pixels) {
    if (pixel !== value) {
      runs.push(run);
      run = 0;
      value = pixel;
    }
    run += 1;
  }
  runs.push(run);
  return runs;
}
