/** A box in pixels; all four sides belong to it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Places where a row changes between background and foreground, in the order of their columns. */
interface Changes {
  /** Row below the top of the box. */
  readonly rows: number[];
  /** Column right of its left side; one beyond its width where the foreground ends with the box. */
  readonly columns: number[];
}

/**
 * Run lengths row by row in a box, background first, from run lengths column by column over the whole image. Only
 * borders are looked at, never the pixels between them, so that a mask costs what its outline is long.
 *
 * @param runs background first
 * @param height of the image in pixels
 * @param box holds the whole foreground, which is not empty
 */
export function rowRuns(runs: ArrayLike<number>, height: number, box: Box): number[] {
  const width = box.right - box.left + 1;
  const rows = box.bottom - box.top + 1;
  const changes = changesOf(runs, height, box);
  return runsBetween(flattened(changes, rows, width), rows * width);
}

/** Borders of one column: rows at which the foreground begins and ends, alternating. */
class Borders {
  readonly rows: Int32Array;
  count = 0;

  constructor(height: number) {
    this.rows = new Int32Array(height + 2);
  }

  /** Adds foreground. After an empty run of background it goes on where it ended. */
  add(begin: number, end: number): void {
    const goesOn = this.count > 0 && this.rows[this.count - 1] === begin;
    if (!goesOn) this.rows[this.count++] = begin;
    this.rows[goesOn ? this.count - 1 : this.count++] = end;
  }
}

function changesOf(runs: ArrayLike<number>, height: number, { left, top, right }: Box): Changes {
  const changes: Changes = { rows: [], columns: [] };
  const readColumn = columnReader(runs, height);
  let previous = new Borders(height);
  let current = new Borders(height);
  for (let x = left; x <= right + 1; x += 1) {
    current.count = 0;
    if (x <= right) readColumn(x, current);
    noteChanges(previous, current, { x: x - left, top }, changes);
    [previous, current] = [current, previous];
  }
  return changes;
}

/** Reads the borders of one column after the other. */
function columnReader(runs: ArrayLike<number>, height: number): (x: number, into: Borders) => void {
  let next = 2;
  let from = runs[0] ?? 0;
  let to = from + (runs[1] ?? 0);
  return (x, into) => {
    const start = x * height;
    const stop = start + height;
    while (from < stop && next <= runs.length + 1) {
      if (to > start && to > from) into.add(Math.max(from, start) - start, Math.min(to, stop) - start);
      // The run goes on in the next column.
      if (to > stop) return;
      from = to + (next < runs.length ? runs[next]! : 0);
      to = from + (next + 1 < runs.length ? runs[next + 1]! : 0);
      next += 2;
    }
  };
}

/** Rows in which two neighbouring columns differ lie between the borders that only one of them has. */
function noteChanges(
  previous: Borders,
  current: Borders,
  { x, top }: { x: number; top: number },
  { rows, columns }: Changes,
): void {
  let [a, b, open] = [0, 0, -1];
  while (a < previous.count || b < current.count) {
    const left = a < previous.count ? previous.rows[a]! : Number.MAX_SAFE_INTEGER;
    const right = b < current.count ? current.rows[b]! : Number.MAX_SAFE_INTEGER;
    if (left <= right) a += 1;
    if (right <= left) b += 1;
    if (left === right) continue;
    const border = left < right ? left : right;
    if (open < 0) {
      open = border;
      continue;
    }
    for (let row = open; row < border; row += 1) {
      rows.push(row - top);
      columns.push(x);
    }
    open = -1;
  }
}

/** Places of all changes in the box read row by row, ascending. Each row keeps the order of its columns. */
function flattened({ rows, columns }: Changes, rowCount: number, width: number): Uint32Array {
  const starts = new Uint32Array(rowCount + 1);
  for (const row of rows) starts[row + 1]! += 1;
  for (let row = 0; row < rowCount; row += 1) starts[row + 1]! += starts[row]!;
  const places = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!;
    places[starts[row]!] = row * width + columns[i]!;
    starts[row]! += 1;
  }
  return places;
}

/** Lengths between changes. Where a row ends and the next begins in the foreground, both are one run. */
function runsBetween(places: Uint32Array, pixels: number): number[] {
  const runs: number[] = [];
  let at = 0;
  for (let i = 0; i < places.length; i += 1) {
    const place = places[i]!;
    if (place === places[i + 1]) {
      i += 1;
      continue;
    }
    runs.push(place - at);
    at = place;
  }
  if (at < pixels) runs.push(pixels - at);
  return runs;
}
