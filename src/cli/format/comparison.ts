import type { ClassTotal, Comparison, LoneImage } from '../../coco/dataset/comparison.ts';
import type { ShapeChanges } from '../../coco/dataset/match-shapes.ts';
import { countOf } from '../../contracts/count-of.ts';
import { formatTable } from './table.ts';

/** So many names of one kind are shown; the others are counted. `--json` has all. */
const MAX_LISTED = 5;

/** Two datasets compared: a table with a line for the mean, then what is in one only; ends with a line break. */
export function formatComparison(comparison: Comparison): string {
  const { a, b, frames, classes, meanIou, meanDice } = comparison;
  const heading = ['CLASS', 'FRAMES', 'IOU', 'DICE', 'EQUAL', 'CHANGED', 'ADDED', 'REMOVED'];
  const mean = ['mean', '', share(meanIou), share(meanDice)];
  const table = formatTable([heading, ...classes.map(classRow), mean]);
  const total = (key: keyof ShapeChanges) => classes.reduce((sum, found) => sum + found[key], 0);
  const shapes = `${total('equal')} equal, ${total('changed')} changed, ${total('added')} added, ${total('removed')} removed`;
  const lines = [`${countOf(frames, 'frame')} compared; shapes: ${shapes}`, ...differenceLines(comparison)];
  return `A  ${a}\nB  ${b}\n\n${table}\n\n${lines.join('\n')}\n`;
}

function classRow({ name, frames, iou, dice, equal, changed, added, removed }: ClassTotal): string[] {
  return [name, String(frames), share(iou), share(dice), ...[equal, changed, added, removed].map(String)];
}

/** A share to four places; 1 only where nothing differs. */
function share(value: number | null): string {
  if (value === null) return '-';
  return value < 1 && value > 0.99995 ? '0.9999' : value.toFixed(4);
}

/** What sets the two apart beside the numbers; none where they hold the same images and classes. */
function differenceLines(comparison: Comparison): string[] {
  const { frames, onlyInA, onlyInB, otherIds, otherEndings, otherSizes } = comparison;
  const sizes = otherSizes.map(({ fileName, a, b }) => `${fileName} (${a.join(' × ')} and ${b.join(' × ')})`);
  return [
    ...(frames === 0 ? ['no image is in both: images are matched by file_name'] : []),
    ...imageLine('only in A', onlyInA.images),
    ...imageLine('only in B', onlyInB.images),
    ...line('not compared, two sizes', 'image', 'images', sizes),
    ...line('only in A', 'class', 'classes', onlyInA.classes),
    ...line('only in B', 'class', 'classes', onlyInB.classes),
    ...line(
      'matched by name, other ids',
      'class',
      'classes',
      otherIds.map(({ name, idA, idB }) => `${name} (${idA} in A, ${idB} in B)`),
    ),
    ...line(
      'matched without their endings',
      'image',
      'images',
      otherEndings.map(({ a, b }) => `${a} = ${b}`),
    ),
  ];
}

function imageLine(where: string, images: readonly LoneImage[]): string[] {
  const shapes = images.reduce((total, image) => total + image.shapes, 0);
  const names = images.map(({ fileName }) => fileName);
  return line(where, `image with ${countOf(shapes, 'shape')}`, `images with ${countOf(shapes, 'shape')}`, names);
}

function line(what: string, singular: string, plural: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > MAX_LISTED ? `, … (${names.length - MAX_LISTED} more, see --json)` : '';
  return [`${what}: ${countOf(names.length, singular, plural)}: ${names.slice(0, MAX_LISTED).join(', ')}${more}`];
}
