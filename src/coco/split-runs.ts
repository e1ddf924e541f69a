import type { ComponentRule } from '../contracts/conversion.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { DroppedComponents } from './converted-mask.ts';
import { joinedSegments } from './joined-segments.ts';
import type { Mask } from './mask.ts';
import { RunCollector, type ClassRuns } from './run-collector.ts';
import { segmentsOf, type Segments } from './segments.ts';

/** Connected parts of one or more classes. */
export interface SplitRuns {
  readonly shapes: readonly ClassRuns[];
  readonly dropped: DroppedComponents;
}

/** How many components a mask may have that are not too small, and what it is, for messages and the fact `file`. */
export interface ComponentLimit {
  readonly where?: string;
  /** {@link MAX_COMPONENTS} if absent. */
  readonly most?: number;
}

/** More are noise, not instances: a chequered mask of 1080p has a million, and the document a line for each. */
export const MAX_COMPONENTS = 2 ** 16;

type Size = Pick<Mask, 'width' | 'height'>;

/** The components of one class, not yet cut out. */
interface Found {
  readonly value: number;
  readonly segments: Segments;
  /** For each segment the first one of its component. */
  readonly roots: Uint32Array;
  /** Pixels of each component, at the index of its first segment. */
  readonly areas: Uint32Array;
  readonly dropped: DroppedComponents;
  /** Components that are not dropped. */
  readonly kept: number;
}

/**
 * Splits the pixels of each class of a mask into connected components, from their runs alone.
 *
 * @returns components of at least `minArea` pixels, class by class in the order of their first pixels, column by column
 * @throws MaskloopError `TooManyComponents`, before any component is cut out
 */
export function splitClasses(
  classes: readonly ClassRuns[],
  size: Size,
  rule: ComponentRule,
  { where = 'The mask', most = MAX_COMPONENTS }: ComponentLimit = {},
): SplitRuns {
  const found = classes.map((one) => findComponents(one, size.height, rule));
  if (sum(found, ({ kept }) => kept) > most) throw tooMany(where, found, rule, most);
  return {
    shapes: found.flatMap((one) => cutOut(one, size, rule)),
    dropped: {
      components: sum(found, ({ dropped }) => dropped.components),
      pixels: sum(found, ({ dropped }) => dropped.pixels),
    },
  };
}

function sum(all: readonly Found[], of: (one: Found) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

function findComponents({ value, runs }: ClassRuns, height: number, { connectivity, minArea }: ComponentRule): Found {
  const segments = segmentsOf(runs, height);
  const roots = joinedSegments(segments, connectivity);
  const areas = areasOf(segments, roots);
  const dropped = { components: 0, pixels: 0 };
  let kept = 0;
  for (let first = 0; first < segments.length; first += 1) {
    if (roots[first] !== first) continue;
    const area = areas[first]!;
    if (area < minArea) {
      dropped.components += 1;
      dropped.pixels += area;
    } else kept += 1;
  }
  return { value, segments, roots, areas, dropped, kept };
}

/** The shapes of the components that are not dropped. */
function cutOut(
  { value, segments, roots, areas }: Found,
  { width, height }: Size,
  { minArea }: ComponentRule,
): ClassRuns[] {
  const nexts = nextOfSame(roots);
  const collector = new RunCollector();
  const shapes: ClassRuns[] = [];
  for (let first = 0; first < segments.length; first += 1) {
    if (roots[first] !== first || areas[first]! < minArea) continue;
    collector.begin(value, height);
    collect(collector, segments, nexts, first, height);
    shapes.push(collector.finish(width * height));
  }
  return shapes;
}

/** Names the least area with which the mask would be allowed. */
function tooMany(where: string, found: readonly Found[], { minArea }: ComponentRule, limit: number): MaskloopError {
  const kept = found.flatMap(({ areas, roots }) => {
    return Array.from(areas.filter((area, at) => roots[at] === at && area >= minArea));
  });
  const ascending = Float64Array.from(kept).toSorted();
  const enough = ascending[ascending.length - 1 - limit]! + 1;
  const then = ascending.filter((area) => area >= enough).length;
  return new MaskloopError(
    'TooManyComponents',
    `${where} has ${kept.length} components; ${limit} are allowed. With --min-area ${enough} it has ${then}.`,
    { facts: { file: where, components: kept.length, limit, minArea: enough, componentsThen: then } },
  );
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
