import type { Mask } from '../../coco/mask.ts';
import { createRandom } from '../scenes/random.ts';
import { classify, createClassifier } from './learner/classifier.ts';
import { extractFeatures, FEATURES } from './learner/features.ts';
import { decodeModel } from './learner/model-file.ts';
import { readImage } from './learner/read-image.ts';
import { type MonaiState, outputsOf } from './state.ts';

/**
 * Predicts the mask of an image with the published model, or with random weights before the first publication.
 *
 * @returns label indices of the model
 * @throws Error if the model is unknown, its file is not ours, or the image is no PNG
 */
export function inferMask(state: MonaiState, model: string, image: Uint8Array): Mask {
  const labels = state.models.get(model);
  if (labels === undefined) throw new Error(`no model ${model}`);
  const outputs = outputsOf(labels);
  const bytes = state.published.read(state.published.path(model));
  const classifier =
    bytes === null
      ? createClassifier(createRandom(state.seed, model, 'untrained'), FEATURES, outputs)
      : decodeModel(bytes, FEATURES, outputs);
  const picture = readImage(image);
  return { width: picture.width, height: picture.height, values: classify(classifier, extractFeatures(picture)) };
}
