import { createHash } from 'node:crypto';
import { readMask } from '../../../src/coco/read-mask.ts';
import type { MonaiDesk, Sample } from './monai-desk.ts';

/** A published model and how good it is. */
export interface Reading {
  /** Null where none is published. */
  readonly checksum: string | null;
  /** Mean Dice over the classes on pictures that nobody trains on; 0 where no model is published. */
  readonly dice: number;
}

/** The gate measures on other frames than the gauge, so that small differences say nothing; a ruined model is far away. */
const TOLERANCE = 0.1;

/** Measures whatever is published, without the code that is tested. */
export interface Gauge {
  read(): Promise<Reading>;
}

/** Stores pictures of its own without labels; the desk removes them. */
export async function openGauge(desk: MonaiDesk, pictures: number): Promise<Gauge> {
  const samples = desk.samples(pictures);
  for (const { imageId, image } of samples) {
    await desk.monai.putImage({ imageId, fileName: `${imageId}.png`, bytes: image });
  }
  return {
    async read() {
      const published = await desk.monai.publishedModel(desk.model);
      if (published === null) return { checksum: null, dice: 0 };
      const bytes = new Uint8Array(await desk.monai.downloadModel(desk.model));
      const checksum = `SHA256:${createHash('sha256').update(bytes).digest('hex')}`;
      return { checksum, dice: await meanDice(desk, samples) };
    },
  };
}

/** True if the model after is far from as good as the one before. */
export function isWorse(before: Reading, after: Reading): boolean {
  return after.checksum !== before.checksum && after.dice < before.dice - TOLERANCE;
}

async function meanDice({ monai, model, labels }: MonaiDesk, samples: readonly Sample[]): Promise<number> {
  const classes = Object.values(labels);
  const [both, all] = [new Map<number, number>(), new Map<number, number>()];
  const add = (counts: Map<number, number>, index: number): void =>
    void counts.set(index, (counts.get(index) ?? 0) + 1);
  for (const { imageId, label } of samples) {
    const truth = readMask(label, imageId).values;
    const predicted = readMask(await monai.infer(model, imageId), imageId).values;
    for (const [at, index] of truth.entries()) {
      const guess = predicted[at] ?? 0;
      add(all, index);
      add(all, guess);
      if (guess === index) add(both, index);
    }
  }
  const dice = classes.map((index) => (2 * (both.get(index) ?? 0)) / Math.max(1, all.get(index) ?? 0));
  return dice.reduce((sum, value) => sum + value, 0) / dice.length;
}
