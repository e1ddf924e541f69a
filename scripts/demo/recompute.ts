import { PNG } from 'pngjs';
import { z } from 'zod';
import { readEvaluation } from '../../src/activities/read-manifest.ts';
import { receiptName } from '../../src/contracts/ids.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';

/** What the receipt says and what a count of pixels says. */
export interface Recomputed {
  readonly frames: number;
  readonly inReceipt: number | null;
  readonly recomputed: number | null;
}

/** The part of a receipt that is recomputed. */
const measured = z.object({
  results: z.object({
    evaluation: z.object({
      manifest: z.object({ uri: z.string(), sha256: z.string(), bytes: z.number() }),
      meanDice: z.number().nullable(),
    }),
  }),
});

/** The first channel of a stored PNG, read by another library than maskloop's own. */
async function pixels(store: ArtifactStore, ref: ArtifactRef): Promise<readonly number[]> {
  const { data } = PNG.sync.read(Buffer.from(await store.get(ref)));
  return Array.from({ length: data.length / 4 }, (_, index) => data[index * 4] ?? 0);
}

/**
 * Mean Dice over the classes that occur, counted pixel by pixel from the stored predictions and labels, without any of
 * the code that wrote the receipt.
 */
export async function recompute(store: ArtifactStore, id: string): Promise<Recomputed> {
  const bytes = await store.getNamed(receiptName(id));
  if (bytes === null) throw new Error(`there is no receipt of ${id}`);
  const { evaluation } = measured.parse(JSON.parse(new TextDecoder().decode(bytes))).results;
  const { frames, categories } = await readEvaluation(store, evaluation.manifest);
  const counts = new Map(categories.map(({ id: category }) => [category, { both: 0, sum: 0 }]));
  for (const frame of frames) {
    const [label, prediction] = await Promise.all([pixels(store, frame.label), pixels(store, frame.prediction)]);
    for (const [index, value] of label.entries()) {
      const predicted = prediction[index] ?? 0;
      const [mine, theirs] = [counts.get(value), counts.get(predicted)];
      if (mine !== undefined) mine.sum += 1;
      if (theirs !== undefined) theirs.sum += 1;
      if (mine !== undefined && value === predicted) mine.both += 1;
    }
  }
  const dice = [...counts.values()].filter(({ sum }) => sum > 0).map(({ both, sum }) => (2 * both) / sum);
  const recomputed = dice.length === 0 ? null : dice.reduce((total, value) => total + value, 0) / dice.length;
  return { frames: frames.length, inReceipt: evaluation.meanDice, recomputed };
}
