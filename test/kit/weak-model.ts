import { createClassifier } from '../../src/sandbox/monai/learner/classifier.ts';
import { FEATURES } from '../../src/sandbox/monai/learner/features.ts';
import { encodeModel } from '../../src/sandbox/monai/learner/model-file.ts';
import { SCENE_MODEL_LABELS } from '../../src/sandbox/scenes/categories.ts';
import { createRandom } from '../../src/sandbox/scenes/random.ts';

/** The file of a model of the scenes that was never trained; another one for each seed, and each stream of random numbers. */
export function weakModel(seed = 1, stream = 'weak'): Uint8Array {
  const outputs = Math.max(...Object.values(SCENE_MODEL_LABELS)) + 1;
  return encodeModel(createClassifier(createRandom(seed, stream), FEATURES, outputs));
}
