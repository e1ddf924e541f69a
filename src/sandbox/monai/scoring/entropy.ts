import type { Random } from '../../scenes/random.ts';
import { activate, type Classifier, createActivations } from '../learner/classifier.ts';

/** Share of the hidden units that a pass leaves out. */
const DROPPED = 0.2;

/**
 * How unsure a model is about an image: the mean over all pixels of `-Σ p ln p` over the classes but the background,
 * `p` being the mean probability over several passes that each leave out some hidden units (Monte Carlo dropout).
 *
 * @param features rows as the classifier takes them
 * @param passes at least 2
 * @returns nats, from 0 to about `classes / e`
 */
export function meanEntropy(classifier: Classifier, features: Float32Array, passes: number, random: Random): number {
  const pixels = features.length / classifier.inputs;
  const means = new Float64Array(pixels * classifier.outputs);
  for (let pass = 0; pass < passes; pass += 1) addProbabilities(withDropout(classifier, random), features, means);
  let sum = 0;
  for (let at = 0; at < means.length; at += 1) {
    const probability = Math.max(means[at]! / passes, 0.0005);
    if (at % classifier.outputs !== 0) sum -= probability * Math.log(probability);
  }
  return pixels === 0 ? 0 : sum / pixels;
}

/** The same network without some hidden units, the others weighing more instead. */
function withDropout(classifier: Classifier, random: Random): Classifier {
  const { inputs, hidden, outputs } = classifier;
  const weights = classifier.weights.slice();
  for (let unit = 0; unit < hidden; unit += 1) {
    const factor = random.chance(DROPPED) ? 0 : 1 / (1 - DROPPED);
    for (let output = 0; output < outputs; output += 1) {
      weights[hidden * (inputs + 1) + output * (hidden + 1) + unit]! *= factor;
    }
  }
  return { ...classifier, weights };
}

function addProbabilities(classifier: Classifier, features: Float32Array, means: Float64Array): void {
  const { inputs, outputs } = classifier;
  const activations = createActivations(classifier);
  for (let pixel = 0; pixel * inputs < features.length; pixel += 1) {
    activate(classifier, features, pixel * inputs, activations);
    const highest = Math.max(...activations.scores);
    let total = 0;
    for (const score of activations.scores) total += Math.exp(score - highest);
    for (const [output, score] of activations.scores.entries()) {
      means[pixel * outputs + output]! += Math.exp(score - highest) / total;
    }
  }
}
