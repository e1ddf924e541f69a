import { setImmediate } from 'node:timers/promises';
import { dice, iou, type Overlap } from '../compare.ts';
import { runOverlap } from '../run-overlap.ts';
import type { ClassComparison, ClassTotal, Comparison, LoneImage } from './comparison.ts';
import type { Dataset, DatasetImage } from './dataset.ts';
import { matchCategories, type MatchedCategory } from './match-categories.ts';
import { matchImages } from './match-images.ts';
import { matchShapes, type ShapeChanges } from './match-shapes.ts';
import { shapeRuns } from './shape-runs.ts';
import { unionRuns } from './union-runs.ts';

export interface ComparisonOptions {
  /** Looked at before each frame; the comparison ends with the reason of the signal. */
  readonly signal?: AbortSignal;
  /** Told after each frame. */
  readonly onProgress?: (progress: { done: number; total: number }) => void;
}

/** After so many frames the rest of the process has its turn: an abort. */
const FRAMES_PER_TURN = 16;

/** The sums of a class over the frames so far. */
interface Tally {
  frames: number;
  readonly pixels: { both: number; a: number; b: number };
  readonly changes: { equal: number; changed: number; added: number; removed: number };
}

/**
 * Compares two datasets: images are matched as {@link matchImages} says, categories by name, shapes of one frame and
 * class as {@link matchShapes} says. IoU and Dice are those of all pixels of a class on all frames that both datasets
 * hold in the same size; where a class has several shapes on a frame, their union counts. Runs are compared with runs,
 * so the time grows with the outlines and not with the pixels. What is in one dataset only is told and changes no number.
 *
 * @throws MaskloopError `InvalidDataset` for two images or two categories of one name in one dataset, `InvalidRle`
 */
export async function compareDatasets(a: Dataset, b: Dataset, options: ComparisonOptions = {}): Promise<Comparison> {
  const categories = matchCategories(a, b);
  const { pairs, onlyInA, onlyInB } = matchImages(a, b);
  const otherSizes = pairs.flatMap(({ a: { fileName, width, height }, b: other }) =>
    width === other.width && height === other.height
      ? []
      : [{ fileName, a: [width, height] as const, b: [other.width, other.height] as const }],
  );
  const comparable = pairs.filter((pair) => pair.a.width === pair.b.width && pair.a.height === pair.b.height);
  const tallies = new Map(categories.map((category) => [category.name, emptyTally()]));
  const perFrame: Comparison['perFrame'][number][] = [];
  for (const [index, pair] of comparable.entries()) {
    options.signal?.throwIfAborted();
    const classes = compareFrame({ dataset: a, image: pair.a }, { dataset: b, image: pair.b }, categories);
    for (const found of classes) addTo(tallies.get(found.name), found);
    perFrame.push({ fileName: pair.a.fileName, classes });
    options.onProgress?.({ done: index + 1, total: comparable.length });
    if ((index + 1) % FRAMES_PER_TURN === 0) await setImmediate();
  }
  const classes = categories.map((category) => totalOf(category, tallies.get(category.name) ?? emptyTally()));
  return {
    a: a.where,
    b: b.where,
    frames: comparable.length,
    classes,
    meanIou: mean(classes.map((found) => found.iou)),
    meanDice: mean(classes.map((found) => found.dice)),
    onlyInA: { images: lone(a, onlyInA), classes: namesWithout(categories, 'idB') },
    onlyInB: { images: lone(b, onlyInB), classes: namesWithout(categories, 'idA') },
    otherIds: categories.flatMap(({ name, idA, idB }) =>
      idA === null || idB === null || idA === idB ? [] : [{ name, idA, idB }],
    ),
    otherEndings: pairs.flatMap((pair) =>
      pair.a.fileName === pair.b.fileName ? [] : [{ a: pair.a.fileName, b: pair.b.fileName }],
    ),
    otherSizes,
    perFrame,
  };
}

interface Frame {
  readonly dataset: Dataset;
  readonly image: DatasetImage;
}

/** The classes of which there is a shape on either frame; both frames have one size. */
function compareFrame(a: Frame, b: Frame, categories: readonly MatchedCategory[]): ClassComparison[] {
  const [shapesA, shapesB] = [runsByCategory(a), runsByCategory(b)];
  const pixels = a.image.width * a.image.height;
  return categories.flatMap(({ name, idA, idB }) => {
    const runsA = idA === null ? [] : (shapesA.get(idA) ?? []);
    const runsB = idB === null ? [] : (shapesB.get(idB) ?? []);
    if (runsA.length === 0 && runsB.length === 0) return [];
    const overlap = runOverlap(unionRuns(runsA, pixels), unionRuns(runsB, pixels));
    return [classOf(name, overlap, matchShapes(runsA, runsB))];
  });
}

function runsByCategory({ dataset, image }: Frame): Map<number, ArrayLike<number>[]> {
  const found = new Map<number, ArrayLike<number>[]>();
  for (const shape of dataset.shapes.get(image.id) ?? []) {
    const runs = shapeRuns(shape, image, dataset.where);
    const others = found.get(shape.categoryId);
    if (others === undefined) found.set(shape.categoryId, [runs]);
    else others.push(runs);
  }
  return found;
}

function classOf(name: string, pixels: Overlap, changes: ShapeChanges): ClassComparison {
  return { name, iou: iou(pixels), dice: dice(pixels), ...changes, pixels };
}

function emptyTally(): Tally {
  return {
    frames: 0,
    pixels: { both: 0, a: 0, b: 0 },
    changes: { equal: 0, changed: 0, added: 0, removed: 0 },
  };
}

function addTo(tally: Tally | undefined, found: ClassComparison): void {
  if (tally === undefined) return;
  tally.frames += 1;
  for (const key of ['both', 'a', 'b'] as const) tally.pixels[key] += found.pixels[key];
  for (const key of ['equal', 'changed', 'added', 'removed'] as const) tally.changes[key] += found[key];
}

function totalOf({ name, idA, idB }: MatchedCategory, { frames, pixels, changes }: Tally): ClassTotal {
  const { name: _, ...found } = classOf(name, pixels, changes);
  return { name, idA, idB, frames, ...found };
}

function mean(values: readonly (number | null)[]): number | null {
  const present = values.filter((value) => value !== null);
  return present.length === 0 ? null : present.reduce((sum, value) => sum + value, 0) / present.length;
}

function lone(dataset: Dataset, images: readonly DatasetImage[]): LoneImage[] {
  return images.map(({ id, fileName }) => ({ fileName, shapes: dataset.shapes.get(id)?.length ?? 0 }));
}

function namesWithout(categories: readonly MatchedCategory[], id: 'idA' | 'idB'): string[] {
  return categories.filter((category) => category[id] === null).map(({ name }) => name);
}
