import type { Receipt } from '../../contracts/receipt.ts';
import { dice, overlapByClass } from '../../coco/compare.ts';
import type { Mask } from '../../coco/mask.ts';
import { parseCocoDocument } from '../../coco/parse-document.ts';
import { readMask } from '../../coco/read-mask.ts';
import { preannotatedImages } from '../../collect/compare/preannotated-images.ts';
import { readLabels } from '../../collect/read-labels.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { readEvaluatedFrames } from '../manifests.ts';
import type { FrameImages } from './frame-images.ts';
import { outline } from './outline.ts';
import type { FigureGroup, FrameFigure } from './page-content.ts';

/** Frames that are drawn of each kind. */
const DRAWN = 6;

/** The frames that people changed most, with pre-annotation and final label. Empty without a comparison. */
export async function readCorrectedFrames(
  store: ArtifactStore,
  { results }: Receipt,
  images: FrameImages,
): Promise<readonly FigureGroup[]> {
  const { comparison, dataset, labels } = results;
  if (comparison === undefined || 'failed' in comparison || dataset === undefined || labels === undefined) return [];
  const sealed = (await readLabels(store, labels.manifest)).frames;
  const document = parseCocoDocument(await store.get(dataset.preannotations), dataset.preannotations.uri);
  const preannotated = preannotatedImages(document, sealed);
  const frames: FrameFigure[] = [];
  for (const { name, changedPixels, unionPixels } of comparison.worstFrames.slice(0, DRAWN)) {
    const frame = sealed.find((one) => one.name === name);
    const before = frame === undefined ? null : preannotated.draw(frame);
    if (frame === undefined || before === null) continue;
    const after = readMask(await store.get(frame.label), name);
    const caption = `${percent(changedPixels / Math.max(1, unionPixels))} changed, ${changedPixels} pixels`;
    frames.push(await figureOf(name, caption, before.mask, after, images));
  }
  const title = 'Frames that people changed most';
  return frames.length === 0 ? [] : [{ title, dashed: 'pre-annotation', solid: 'final label', frames }];
}

/** The held-out frames that the new model predicts worst, with prediction and label. Empty without an evaluation. */
export async function readWorstPredictions(
  store: ArtifactStore,
  { results }: Receipt,
  images: FrameImages,
): Promise<readonly FigureGroup[]> {
  if (results.evaluation === undefined) return [];
  const { frames: measured } = await readEvaluatedFrames(store, results.evaluation.manifest);
  const ranked: { readonly name: string; readonly mean: number | null; readonly at: number }[] = [];
  const masksOf = async (at: number): Promise<readonly [Mask, Mask]> => {
    const { name, label, prediction } = measured[at]!;
    return [readMask(await store.get(prediction), name), readMask(await store.get(label), name)];
  };
  for (const [at, { name }] of measured.entries()) ranked.push({ name, mean: meanDice(...(await masksOf(at))), at });
  const frames: FrameFigure[] = [];
  const worst = ranked.toSorted((a, b) => (a.mean ?? 2) - (b.mean ?? 2)).slice(0, DRAWN);
  for (const { name, mean, at } of worst) {
    const caption = mean === null ? 'nothing on it, nothing predicted' : `mean Dice ${mean.toFixed(4)}`;
    const [predicted, label] = await masksOf(at);
    frames.push(await figureOf(name, caption, predicted, label, images));
  }
  const title = 'Held-out frames that the new model predicts worst';
  return frames.length === 0 ? [] : [{ title, dashed: 'prediction', solid: 'final label', frames }];
}

async function figureOf(
  name: string,
  caption: string,
  dashed: Mask,
  solid: Mask,
  images: FrameImages,
): Promise<FrameFigure> {
  const { width, height } = solid;
  return {
    name,
    caption,
    width,
    height,
    image: await images(name),
    dashed: outline(dashed),
    solid: outline(solid),
  };
}

function meanDice(a: Mask, b: Mask): number | null {
  const values = [...overlapByClass(a, b).values()].map(dice).filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
