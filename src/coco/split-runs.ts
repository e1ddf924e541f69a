import type { ComponentRule } from '../contracts/conversion.ts';
import type { DroppedComponents } from './converted-mask.ts';
import { joinedSegments } from './joined-segments.ts';
import { RunCollector, type ClassRuns } from './run-collector.ts';
import { segmentsOf, type Segments } from './segments.ts';

/** Connected parts of one or more classes. */
export interface SplitRuns {
  readonly shapes: readonly ClassRuns[];
  readonly dropped: DroppedComponents;
}

/**
 * Splits the pixels of a class into connected components, from their runs alone.
 *
 * @returns components of at least `minArea` pixels in the order of their first pixels, column by column
 */
export function splitRuns(
  { value, runs }: ClassRuns,
  { width, height }: { readonly width: number; readonly height: number },
  { connectivity, minArea }: ComponentRule,
): SplitRuns {
  const segments = segmentsOf(runs, height);
  const roots = joinedSegments(segments, connectivity);
  const areas = areasOf(segments, roots);
  const nexts = nextOfSame(roots);
  const collector = new RunCollector();
  const shapes: ClassRuns[] = [];
  const dropped = { components: 0, pixels: 0 };
  for (let first = 0; first < segments.length; first += 1) {
    if (roots[first] !== first) continue;
    const area = areas[first]!;
    if (area < minArea) {
      dropped.components += 1;
      dropped.pixels += area;
      continue;
    }
    collector.begin(value, height);
    collect(collector, segments, nexts, first, height);
    shapes.push(collector.finish(width * height));
  }
  return { shapes, dropped };
}

/** Pixels of each component, at the index of its first segment. */
function areasOf({ length, tops, ends }: Segments, roots: Uint32Array): Uint32Array {
  const areas = new Uint32Array(length);
  for (let i = 0; i < length; i += 1) areas[roots[i]!]! += ends[i]! - tops[i]!;
  return areas;
}

/** For each segment the next one of its component; for the last of them 0, which is never a next one. */
function nextOfSame(roots: Uint32Array): Uint32Array {
  const nexts = new Uint32Array(roots.length);
  const latest = new Uint32Array(roots.length);
  for (let i = 0; i < roots.length; i += 1) {
    const root = roots[i]!;
    if (root !== i) nexts[latest[root]!] = i;
    latest[root] = i;
  }
  return nexts;
}

/** Hands over the segments of a component, joined where one goes on at the top of the next column. */
function collect(
  collector: RunCollector,
  { xs, tops, ends }: Segments,
  nexts: Uint32Array,
  first: number,
  height: number,
): void {
  let start = xs[first]! * height + tops[first]!;
  let end = xs[first]! * height + ends[first]!;
  for (let i = nexts[first]!; i !== 0; i = nexts[i]!) {
    const top = xs[i]! * height + tops[i]!;
    if (top !== end) {
      collector.add(start, end);
      start = top;
    }
    end = xs[i]! * height + ends[i]!;
  }
  collector.add(start, end);
}
