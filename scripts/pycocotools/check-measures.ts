import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { iou } from '../../src/coco/compare.ts';
import { parseDataset } from '../../src/coco/dataset/read-dataset.ts';
import { shapeRuns } from '../../src/coco/dataset/shape-runs.ts';
import { unionRuns } from '../../src/coco/dataset/union-runs.ts';
import { encodeCounts } from '../../src/coco/rle.ts';
import { runOverlap } from '../../src/coco/run-overlap.ts';
import { PYTHON, run, ScriptFailed } from '../bench/python.ts';
import { shapeCases, type ShapeCase } from './random-shapes.ts';

const measuresSchema = z.object({
  counts: z.array(z.string()),
  iou: z.array(z.array(z.number())),
  union: z.array(z.number()),
});
type Measures = z.infer<typeof measuresSchema>;

/**
 * Compares the run lengths of random polygons, boxes and masks, and their IoU one by one and as unions, with those of
 * pycocotools, without tolerance.
 *
 * @returns what was compared, for the terminal
 * @throws ScriptFailed with the case on any difference
 */
export async function checkMeasures(dir: string, seed: number, cases: number): Promise<string> {
  const inputs = shapeCases(seed, cases);
  const [given, measured] = [join(dir, 'cases.json'), join(dir, 'measures.json')];
  await writeFile(given, JSON.stringify(inputs));
  run(PYTHON, [join(import.meta.dirname, '..', 'pycocotools_measures.py'), given, measured], 'The measures failed:');
  const theirs = z.array(measuresSchema).parse(JSON.parse(await readFile(measured, 'utf8')));
  let [shapes, pairs] = [0, 0];
  for (const [index, input] of inputs.entries()) {
    const ours = await measure(input);
    if (!isDeepStrictEqual(ours, theirs[index])) {
      const [shown, own, other] = [input, ours, theirs[index]].map((value) => JSON.stringify(value));
      throw new ScriptFailed(`Shapes differ:\n  case   ${shown}\n  ours   ${own}\n  theirs ${other}`);
    }
    shapes += input.a.length + input.b.length;
    pairs += input.a.length * input.b.length;
  }
  if (pairs === 0) throw new ScriptFailed('No shapes were compared.');
  return `equal: ${shapes} polygons, boxes and masks as run lengths, IoU of ${pairs} pairs and of ${cases} unions`;
}

async function measure({ width, height, a, b }: ShapeCase): Promise<Measures> {
  const annotations = [...a, ...b].map((shape, id) => ({ id, image_id: 1, category_id: 1, ...shape }));
  const document = {
    images: [{ id: 1, file_name: 'case.png', width, height }],
    annotations,
    categories: [{ id: 1, name: 'any' }],
  };
  const dataset = await parseDataset(Buffer.from(JSON.stringify(document)), 'the case');
  const [image] = dataset.images;
  if (image === undefined) throw new ScriptFailed('The case has no image.');
  const runs = (dataset.shapes.get(1) ?? []).map((shape) => shapeRuns(shape, image, 'the case'));
  const [first, second] = [runs.slice(0, a.length), runs.slice(a.length)];
  const pixels = width * height;
  return {
    counts: runs.map(encodeCounts),
    iou: first.map((x) => second.map((y) => overlap(x, y))),
    union: [overlap(unionRuns(first, pixels), unionRuns(second, pixels))],
  };
}

/** pycocotools gives 0 where we give null: for two shapes without pixels. */
function overlap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return iou(runOverlap(a, b)) ?? 0;
}
