import type { Mask } from '../../coco/mask.ts';
import { createRandom } from '../scenes/random.ts';
import { classify, type Classifier, createClassifier } from './learner/classifier.ts';
import { extractFeatures, FEATURES } from './learner/features.ts';
import { decodeModel } from './learner/model-file.ts';
import { readImage } from './learner/read-image.ts';
import { type ModelLabels, outputsOf, type World } from './world.ts';

/**
 * The published model, or one with random weights before the first publication.
 *
 * @throws Error if the model is unknown or its file is not ours
 */
export function currentClassifier(world: World, model: string): Classifier {
  const labels = world.models.get(model);
  if (labels === undefined) throw new Error(`no model ${model}`);
  const outputs = outputsOf(labels);
  const bytes = world.published.read(world.published.path(model));
  if (bytes !== null) return decodeModel(bytes, FEATURES, outputs);
  return createClassifier(createRandom(world.seed, model, 'untrained'), FEATURES, outputs);
}

/**
 * Predicts the mask of an image.
 *
 * @returns label indices of the model
 * @throws Error if the image is no PNG
 */
export function inferMask(classifier: Classifier, image: Uint8Array): Mask {
  const picture = readImage(image);
  return { width: picture.width, height: picture.height, values: classify(classifier, extractFeatures(picture)) };
}

/** What the server tells about a prediction. @param seconds it took */
export function describeInference(labels: ModelLabels, seconds: number): object {
  const rounded = Math.round(seconds * 100) / 100;
  const pre = { LoadImaged: 0, EnsureTyped: 0, EnsureChannelFirstd: 0, ScaleIntensityd: 0 };
  const post = { Activationsd: 0, AsDiscreted: 0, SqueezeDimd: 0, ToNumpyd: 0 };
  const latencies = { pre: 0, infer: rounded, invert: 0, post: 0, write: 0, total: rounded, transform: { pre, post } };
  return { label_names: labels, latencies, centroids: {} };
}
