/**
 * Run lengths of a canvas row by row, background first: pixels of 1 are the shape, those of 0 background.
 *
 * @returns an empty list for a canvas without pixels of 1
 */
export function rowRuns(values: Uint8Array): number[] {
  const runs: number[] = [];
  for (let at = 0; at < values.length;) {
    const change = values.indexOf(runs.length % 2 === 0 ? 1 : 0, at);
    if (change === -1 && runs.length === 0) return [];
    const end = change === -1 ? values.length : change;
    runs.push(end - at);
    at = end;
  }
  return runs;
}

/** Sets the pixels of a shape, given by {@link rowRuns}, to a value. */
export function fillRuns(runs: readonly number[], values: Uint8Array | Uint16Array, value: number): void {
  let at = 0;
  for (let i = 0; i < runs.length; i += 1) {
    const end = at + runs[i]!;
    if (i % 2 === 1) values.fill(value, at, end);
    at = end;
  }
}
