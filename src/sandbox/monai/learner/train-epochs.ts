import type { Random } from '../../scenes/random.ts';
import { type Classifier, classify } from './classifier.ts';
import { createDescent, type Descent } from './descend.ts';
import { extractFeatures } from './features.ts';
import { diceByClass, meanDice } from './mean-dice.ts';
import type { RgbImage } from './read-image.ts';
import { createRows, type LabelledRows, ROWS_PER_IMAGE, rowsOf, sampleRows } from './sample-rows.ts';

/** An image and its label: one label index a pixel. */
export interface Example {
  readonly image: RgbImage;
  readonly labels: Uint8Array;
}

export interface Epoch {
  /** From 1. */
  readonly epoch: number;
  /** Mean loss of each batch of images. */
  readonly losses: readonly number[];
  /** Mean Dice on the sampled training pixels. */
  readonly trainDice: number;
  /** Mean Dice on all pixels of the validation images; null without such images. */
  readonly validationDice: number | null;
}

export interface TrainingPlan {
  /** Changed in place from epoch to epoch. */
  readonly classifier: Classifier;
  readonly training: readonly Example[];
  readonly validation: readonly Example[];
  readonly epochs: number;
  /** Images a batch. */
  readonly batchSize: number;
  readonly random: Random;
  /** Awaited between small pieces of work, so that others get their turn; may throw to end the training. */
  readonly pause: () => Promise<void>;
}

/** Rows that one change of the weights is made from. */
const ROWS_PER_STEP = 80;

/** Trains a classifier and reports after each epoch. Equal plans lead to equal weights. */
export async function* trainEpochs(plan: TrainingPlan): AsyncGenerator<Epoch> {
  const { classifier, training, random, pause } = plan;
  const rows = createRows(training.length);
  for (const [index, { image, labels }] of training.entries()) {
    sampleRows(random, { features: extractFeatures(image), labels }, rowsOf(rows, index));
    await pause();
  }
  const validate = createValidation(plan);
  const descent = createDescent(classifier);
  for (let epoch = 1; epoch <= plan.epochs; epoch += 1) {
    const losses: number[] = [];
    const order = shuffled(random, training.length);
    for (let from = 0; from < order.length; from += plan.batchSize) {
      const batch = order.slice(from, from + plan.batchSize);
      losses.push(learnBatch(descent, random, rows, batch));
      await pause();
    }
    const measured = training.map((_, index) => diceOf(classifier, rowsOf(rows, index)));
    yield { epoch, losses, trainDice: meanDice(measured), validationDice: await validate() };
  }
}

/** Goes once through the rows of a batch of images, mixed, and returns the mean loss. */
function learnBatch(descent: Descent, random: Random, rows: LabelledRows, batch: readonly number[]): number {
  const order = shuffled(random, batch.length * ROWS_PER_IMAGE).map(
    (row) => batch[Math.floor(row / ROWS_PER_IMAGE)]! * ROWS_PER_IMAGE + (row % ROWS_PER_IMAGE),
  );
  let loss = 0;
  for (let from = 0; from < order.length; from += ROWS_PER_STEP) {
    loss += descent.step(rows, order.slice(from, from + ROWS_PER_STEP));
  }
  return loss / Math.ceil(order.length / ROWS_PER_STEP);
}

/** Features of validation images are kept for up to this many pixels (50 MB) and computed again beyond. */
const KEPT_PIXELS = 2 ** 20;

function createValidation({ classifier, validation, pause }: TrainingPlan): () => Promise<number | null> {
  const pixels = validation.reduce((sum, { labels }) => sum + labels.length, 0);
  const kept = pixels <= KEPT_PIXELS ? new Map<Example, Float32Array>() : null;
  return async () => {
    const measured: (number | null)[][] = [];
    for (const example of validation) {
      const features = kept?.get(example) ?? extractFeatures(example.image);
      kept?.set(example, features);
      measured.push(diceOf(classifier, { features, labels: example.labels }));
      await pause();
    }
    return measured.length === 0 ? null : meanDice(measured);
  };
}

function diceOf(classifier: Classifier, { features, labels }: LabelledRows): (number | null)[] {
  return diceByClass(classify(classifier, features), labels, classifier.outputs);
}

/** The numbers from 0 to below `count` in random order (Fisher and Yates). */
function shuffled(random: Random, count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = random.integer(0, last);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
