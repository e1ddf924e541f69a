import type { Random } from '../../scenes/random.ts';

/** A network with one hidden layer of rectified units, applied to each pixel by itself. */
export interface Classifier {
  readonly inputs: number;
  readonly hidden: number;
  /** Number of label indices, background included. */
  readonly outputs: number;
  /** `hidden` rows of `inputs` weights and a bias, then `outputs` rows of `hidden` weights and a bias. */
  readonly weights: Float64Array;
}

const HIDDEN_UNITS = 16;

/** How many weights a network of this shape has. */
export function countWeights(shape: { inputs: number; hidden: number; outputs: number }): number {
  return shape.hidden * (shape.inputs + 1) + shape.outputs * (shape.hidden + 1);
}

/** An untrained network with small random weights. */
export function createClassifier(random: Random, inputs: number, outputs: number): Classifier {
  const shape = { inputs, hidden: HIDDEN_UNITS, outputs };
  const weights = Float64Array.from({ length: countWeights(shape) }, () => 0.4 * random.normal());
  return { ...shape, weights };
}

/** Activations of one pixel; made once and used again for every pixel. */
export interface Activations {
  readonly hidden: Float64Array;
  /** After {@link activate} the raw scores of the label indices. */
  readonly scores: Float64Array;
}

export function createActivations(classifier: Classifier): Activations {
  return { hidden: new Float64Array(classifier.hidden), scores: new Float64Array(classifier.outputs) };
}

/** Runs the network on the feature row that starts at `from`. */
export function activate(classifier: Classifier, features: Float32Array, from: number, into: Activations): void {
  const { inputs, hidden, outputs, weights } = classifier;
  let at = 0;
  for (let unit = 0; unit < hidden; unit += 1) {
    let sum = 0;
    for (let input = 0; input < inputs; input += 1) sum += weights[at++]! * features[from + input]!;
    sum += weights[at++]!;
    into.hidden[unit] = sum > 0 ? sum : 0;
  }
  for (let output = 0; output < outputs; output += 1) {
    let sum = 0;
    for (let unit = 0; unit < hidden; unit += 1) sum += weights[at++]! * into.hidden[unit]!;
    into.scores[output] = sum + weights[at++]!;
  }
}

/** The most likely label index of each feature row. */
export function classify(classifier: Classifier, features: Float32Array): Uint8Array {
  const activations = createActivations(classifier);
  const labels = new Uint8Array(features.length / classifier.inputs);
  for (let pixel = 0; pixel < labels.length; pixel += 1) {
    activate(classifier, features, pixel * classifier.inputs, activations);
    let best = 0;
    for (let output = 1; output < classifier.outputs; output += 1) {
      if (activations.scores[output]! > activations.scores[best]!) best = output;
    }
    labels[pixel] = best;
  }
  return labels;
}
