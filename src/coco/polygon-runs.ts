/** Coordinates are looked at in fifths of a pixel. */
const SCALE = 5;
/** The boundary between two columns, in fifths from the left edge of the first: the middle of the pixel. */
const MIDDLE = 2;

/** A corner in fifths of a pixel. */
interface Corner {
  readonly x: number;
  readonly y: number;
}

/**
 * The pixels inside a closed polygon by the rule of pycocotools (`rleFrPoly`): corners are rounded to fifths of a pixel,
 * edges walked in steps of a fifth along their longer side, and where an edge crosses the middle of a column, inside and
 * outside change from the pixel on whose middle the crossing does not lie above. What lies outside the image is left out.
 * The time grows with the corners and the columns that they cross, not with the pixels.
 *
 * @param ring `[x0, y0, x1, y1, …]` in pixels
 * @returns column-major run lengths, background first, summing to `width * height`
 */
export function polygonRuns(ring: readonly number[], width: number, height: number): number[] {
  const corners: Corner[] = [];
  for (let i = 0; i + 1 < ring.length; i += 2) corners.push({ x: toFifths(ring[i]!), y: toFifths(ring[i + 1]!) });
  const crossings: number[] = [];
  for (const [index, from] of corners.entries()) {
    addCrossings(crossings, from, corners[(index + 1) % corners.length]!, width, height);
  }
  return runsBetween(Float64Array.from(crossings).toSorted(), width * height);
}

function toFifths(pixels: number): number {
  return Math.trunc(SCALE * pixels + 0.5);
}

/** Adds the positions in column order where an edge crosses the middles of columns. */
function addCrossings(crossings: number[], from: Corner, to: Corner, width: number, height: number): void {
  const first = Math.max(0, Math.ceil((Math.min(from.x, to.x) - MIDDLE) / SCALE));
  const last = Math.min(width - 1, Math.floor((Math.max(from.x, to.x) - 1 - MIDDLE) / SCALE));
  if (first > last) return;
  const flat = Math.abs(to.x - from.x) >= Math.abs(to.y - from.y);
  const rowAt = flat ? flatEdge(from, to) : steepEdge(from, to);
  for (let column = first; column <= last; column += 1) {
    const row = (rowAt(SCALE * column + MIDDLE) + 0.5) / SCALE - 0.5;
    crossings.push(column * height + Math.ceil(Math.min(height, Math.max(0, row))));
  }
}

/** For an edge that is wider than high: the upper of its points at `x` and `x + 1`. All in fifths. */
function flatEdge(from: Corner, to: Corner): (x: number) => number {
  const [left, right] = from.x > to.x ? [to, from] : [from, to];
  const slope = (right.y - left.y) / (right.x - left.x);
  const yAt = (x: number) => Math.trunc(left.y + slope * (x - left.x) + 0.5);
  return (x) => Math.min(yAt(x), yAt(x + 1));
}

/** For an edge that is higher than wide: the last of its points, going down, before it steps between `x` and `x + 1`. */
function steepEdge(from: Corner, to: Corner): (x: number) => number {
  const [top, bottom] = from.y > to.y ? [to, from] : [from, to];
  const slope = (bottom.x - top.x) / (bottom.y - top.y);
  return (x) => {
    let [before, after] = [0, bottom.y - top.y];
    // The step is found by halving, since a walk would visit every point of the edge for every column.
    while (after - before > 1) {
      const half = Math.floor((before + after) / 2);
      const found = Math.trunc(top.x + slope * half + 0.5);
      if (slope > 0 ? found > x : found <= x) after = half;
      else before = half;
    }
    return top.y + before;
  };
}

/** Run lengths from the ascending positions where inside and outside change; two changes at one place are none. */
function runsBetween(positions: Float64Array, pixels: number): number[] {
  const changes: number[] = [];
  for (const position of positions) {
    if (changes.at(-1) === position) changes.pop();
    else changes.push(position);
  }
  if (changes.at(-1) !== pixels) changes.push(pixels);
  return changes.map((position, index) => position - (changes[index - 1] ?? 0));
}
