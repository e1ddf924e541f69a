import type { Segments } from './segments.ts';

/**
 * Which segments hang together, by union-find over those of neighbouring columns.
 *
 * @param connectivity 4: segments touch if they share a row; 8: also if one ends in the row above the other's first
 * @returns for each segment the first one of its component, which is itself for that one
 */
export function joinedSegments(segments: Segments, connectivity: 4 | 8): Uint32Array {
  const { length, xs } = segments;
  const parents = Uint32Array.from({ length }, (_, i) => i);
  const reach = connectivity === 8 ? 1 : 0;
  for (let before = 0, first = 0; first < length;) {
    let end = first;
    while (end < length && xs[end] === xs[first]) end += 1;
    if (xs[before]! + 1 === xs[first]) joinColumns(segments, parents, reach, before, first, end);
    before = first;
    first = end;
  }
  // A parent comes before its children, so that it knows its root already.
  for (let i = 0; i < length; i += 1) parents[i] = parents[parents[i]!]!;
  return parents;
}

/** Joins the segments from `before` to `first`, which make a column, with those from `first` to `end`, the next one. */
function joinColumns(
  { tops, ends }: Segments,
  parents: Uint32Array,
  reach: number,
  before: number,
  first: number,
  end: number,
): void {
  let [left, right] = [before, first];
  while (left < first && right < end) {
    if (tops[left]! < ends[right]! + reach && tops[right]! < ends[left]! + reach) join(parents, left, right);
    // Whichever ends first touches nothing that comes further down in the other column.
    if (ends[left]! < ends[right]!) left += 1;
    else right += 1;
  }
}

function join(parents: Uint32Array, a: number, b: number): void {
  const [rootA, rootB] = [rootOf(parents, a), rootOf(parents, b)];
  if (rootA < rootB) parents[rootB] = rootA;
  else parents[rootA] = rootB;
}

function rootOf(parents: Uint32Array, segment: number): number {
  let at = segment;
  while (parents[at] !== at) {
    // Halves the way for the next search.
    parents[at] = parents[parents[at]!]!;
    at = parents[at]!;
  }
  return at;
}
