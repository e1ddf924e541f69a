import { createHash } from 'node:crypto';
import { writeMask } from '../../src/coco/write-mask.ts';
import { createClassifier, type Classifier } from '../../src/sandbox/monai/learner/classifier.ts';
import { FEATURES } from '../../src/sandbox/monai/learner/features.ts';
import { encodeModel } from '../../src/sandbox/monai/learner/model-file.ts';
import { readImage } from '../../src/sandbox/monai/learner/read-image.ts';
import { trainEpochs } from '../../src/sandbox/monai/learner/train-epochs.ts';
import { inferMask } from '../../src/sandbox/monai/infer.ts';
import { SCENE_CATEGORIES, SCENE_MODEL_LABELS } from '../../src/sandbox/scenes/categories.ts';
import { createRandom } from '../../src/sandbox/scenes/random.ts';
import type { Trainer } from '../../src/trainer/trainer.ts';
import type { MadeFrame } from './make-pool.ts';

/** What selecting asks of a trainer. */
export type AskedTrainer = Pick<Trainer, 'info' | 'trainings' | 'publishedModel' | 'predictFile' | 'kind' | 'address'>;

const OUTPUTS = Math.max(...Object.values(SCENE_MODEL_LABELS)) + 1;
const EPOCHS = 6;
const BATCH = 4;

/** Label indices of the model by category id. */
const INDEX_OF = new Map(SCENE_CATEGORIES.map(({ id, name }) => [id, SCENE_MODEL_LABELS[name] ?? 0]));

/** An untrained classifier of the stand-in. */
export function newClassifier(seed: number): Classifier {
  return createClassifier(createRandom(seed, 'weights'), FEATURES, OUTPUTS);
}

/** The same classifier after a training on all pixels' truth of some frames; the given one stays as it was. */
export async function trained(from: Classifier, frames: readonly MadeFrame[], seed: number): Promise<Classifier> {
  const classifier = { ...from, weights: from.weights.slice() };
  const training = frames.map(({ image, truth }) => ({
    image: readImage(image),
    labels: Uint8Array.from(truth.values, (value) => INDEX_OF.get(value) ?? 0),
  }));
  const random = createRandom(seed, 'training', frames.length);
  const plan = { classifier, training, validation: [], epochs: EPOCHS, batchSize: BATCH, random };
  const epochs = trainEpochs({ ...plan, pause: async () => undefined });
  while ((await epochs.next()).done !== true);
  return classifier;
}

/** `SHA256:…` as a trainer tells it. */
export function checksumOf(classifier: Classifier): string {
  return `SHA256:${createHash('sha256').update(encodeModel(classifier)).digest('hex')}`;
}

/** A trainer in this process that publishes a classifier; another one after `publish`. */
export function classifierTrainer(model: string): AskedTrainer & { publish(classifier: Classifier): void } {
  let published: Classifier | null = null;
  return {
    kind: 'monai-label',
    address: 'in this process',
    publish: (classifier) => void (published = classifier),
    info: async () => ({ name: 'bench', models: { [model]: { labels: SCENE_MODEL_LABELS } }, trainable: [model] }),
    trainings: async () => [],
    publishedModel: async () => (published === null ? null : { checksum: checksumOf(published), stats: null }),
    predictFile: async (_, { bytes }) => {
      if (published === null) throw new Error('nothing is published');
      return writeMask(inferMask(published, bytes));
    },
  };
}
