import { createRandom } from '../../scenes/random.ts';
import { generateScenes } from '../../scenes/generate-scenes.ts';
import type { ModelLabels } from '../world.ts';
import { createClassifier } from './classifier.ts';
import { FEATURES } from './features.ts';
import { encodeModel } from './model-file.ts';
import { readImage } from './read-image.ts';
import { trainEpochs, type Example } from './train-epochs.ts';

const EPOCHS = 10;

/**
 * A model that has learnt from a single frame, and from none of the frames of this seed: what a team begins with that took over
 * somebody else's model.
 *
 * @param labels what it predicts, by label name
 * @param categories category id of each label in generated masks
 * @returns the bytes of its file
 */
export async function youngModel(
  seed: number,
  labels: ModelLabels,
  categories: readonly { readonly id: number; readonly name: string }[],
): Promise<Uint8Array> {
  const outputs = Math.max(0, ...Object.values(labels)) + 1;
  const indexOf = new Map(categories.map(({ id, name }) => [id, labels[name] ?? 0]));
  // Another series: its frames are none of those that are shown.
  const training: Example[] = [];
  for (const { image, truth } of generateScenes({ seed: -1 - seed, frames: 1 })) {
    training.push({ image: readImage(image), labels: Uint8Array.from(truth.values, (id) => indexOf.get(id) ?? 0) });
  }
  const classifier = createClassifier(createRandom(seed, 'young', 'weights'), FEATURES, outputs);
  const random = createRandom(seed, 'young', 'training');
  const plan = { classifier, training, validation: [], epochs: EPOCHS, batchSize: 4, random, pause: async () => {} };
  let epochs = 0;
  for await (const { epoch } of trainEpochs(plan)) epochs = epoch;
  if (epochs < EPOCHS) throw new Error('the training has ended early');
  return encodeModel(classifier);
}
