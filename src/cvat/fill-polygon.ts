/** An image whose values are painted in place, row by row. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array | Uint16Array;
}

/** Steps a pixel is divided into, both ways. */
const SCALE = 5;
/** The step of a pixel, counted from its left or upper side, that lies before its centre. */
const BEFORE_CENTRE = 2;

/**
 * Fills a closed polygon `[x0, y0, x1, y1, …]` in pixel coordinates, where pixel (0, 0) covers 0 to 1 both ways, with
 * exactly the pixels that pycocotools gives for it (`rleFrPoly`): corners are rounded to fifths of a pixel, edges walked
 * on that grid, and a column of pixels is filled between every two places where an edge passes the middle of the column.
 * A polygon that crosses itself is filled by the even-odd rule. What lies outside the canvas is left out.
 */
export function fillPolygon({ width, height, values }: Canvas, points: readonly number[], value: number): void {
  const passed: number[] = [];
  const pass = (column: number, y: number): void => {
    if (column < 0 || column >= width) return;
    const row = Math.ceil(Math.min(Math.max((y + 0.5) / SCALE - 0.5, 0), height));
    passed.push(column * (height + 1) + row);
  };
  const onGrid = points.map((coordinate) => Math.trunc(SCALE * coordinate + 0.5));
  for (let i = 0; i + 1 < onGrid.length; i += 2) {
    const next = (i + 2) % onGrid.length;
    const [x0, y0, x1, y1] = [onGrid[i]!, onGrid[i + 1]!, onGrid[next]!, onGrid[next + 1]!];
    if (Math.abs(x1 - x0) >= Math.abs(y1 - y0)) passFlat(x0 <= x1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0], width, pass);
    else passSteep(y0 <= y1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0], pass);
  }
  const ordered = Float64Array.from(passed).toSorted();
  for (let i = 0; i + 1 < ordered.length; i += 2) {
    const column = Math.floor(ordered[i]! / (height + 1));
    const from = ordered[i]! % (height + 1);
    const to = ordered[i + 1]! - column * (height + 1);
    for (let row = from; row < to; row += 1) values[row * width + column] = value;
  }
}

type Edge = readonly [x0: number, y0: number, x1: number, y1: number];
type Pass = (column: number, y: number) => void;

/** An edge from left to right that is at least as wide as high: its y is rounded at each step of x. */
function passFlat([x0, y0, x1, y1]: Edge, width: number, pass: Pass): void {
  if (x0 === x1) return;
  const slope = (y1 - y0) / (x1 - x0);
  const y = (x: number): number => Math.trunc(y0 + slope * (x - x0) + 0.5);
  const first = Math.max(0, Math.ceil((x0 - BEFORE_CENTRE) / SCALE));
  for (let column = first; column < width; column += 1) {
    const before = SCALE * column + BEFORE_CENTRE;
    if (before + 1 > x1) return;
    pass(column, Math.min(y(before), y(before + 1)));
  }
}

/** An edge from top to bottom that is higher than wide: its x is rounded at each step of y. */
function passSteep([x0, y0, x1, y1]: Edge, pass: Pass): void {
  const slope = (x1 - x0) / (y1 - y0);
  let last = Math.trunc(x0 + 0.5);
  for (let step = 1; step <= y1 - y0; step += 1) {
    const x = Math.trunc(x0 + slope * step + 0.5);
    const before = Math.min(x, last) - BEFORE_CENTRE;
    if (x !== last && before % SCALE === 0) pass(before / SCALE, y0 + step - 1);
    last = x;
  }
}
