import type { ClassCorrections, Corrections, FrameCorrections, ShapeFates } from '../../contracts/comparison.ts';
import { noFates, type FateCounts } from './compare-frame.ts';

const KINDS = ['untouched', 'edited', 'relabelled', 'added', 'removed'] as const;

function add(sum: FateCounts, shapes: ShapeFates): void {
  for (const kind of KINDS) sum[kind] += shapes[kind];
}

/** What people changed on frames together; zeros without any. */
export function sumFrames(frames: readonly FrameCorrections[]): Corrections {
  const sum = { frames: frames.length, untouchedFrames: 0, changedPixels: 0, unionPixels: 0 };
  const shapes = noFates();
  for (const { changedPixels, unionPixels, classes } of frames) {
    sum.changedPixels += changedPixels;
    sum.unionPixels += unionPixels;
    for (const found of classes) add(shapes, found.shapes);
    const isTouched = classes.some((found) => found.shapes.edited + found.shapes.added + found.shapes.removed > 0);
    if (!isTouched) sum.untouchedFrames += 1;
  }
  return { ...sum, shapes };
}

/** What people changed by class, in the order of the categories; classes that occur nowhere have zeros. */
export function sumClasses(
  frames: readonly FrameCorrections[],
  categories: readonly { readonly id: number; readonly name: string }[],
): ClassCorrections[] {
  const sums = new Map(
    categories.map(({ id, name }) => {
      const pixels = { both: 0, before: 0, after: 0 };
      return [id, { category: id, name, pixels, shapes: noFates() }];
    }),
  );
  for (const { category, pixels, shapes } of frames.flatMap(({ classes }) => classes)) {
    const sum = sums.get(category);
    if (sum === undefined) continue;
    for (const key of ['both', 'before', 'after'] as const) sum.pixels[key] += pixels[key];
    add(sum.shapes, shapes);
  }
  return [...sums.values()];
}

/** What people changed by groups of frames, in the order in which the groups first occur. */
export function sumGroups<K>(
  frames: readonly FrameCorrections[],
  groupOf: (frame: FrameCorrections) => K,
): { readonly group: K; readonly sum: Corrections }[] {
  const groups = new Map<K, FrameCorrections[]>();
  for (const frame of frames) {
    const group = groupOf(frame);
    const others = groups.get(group);
    if (others === undefined) groups.set(group, [frame]);
    else others.push(frame);
  }
  return [...groups].map(([group, own]) => ({ group, sum: sumFrames(own) }));
}
