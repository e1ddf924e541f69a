import { activate, type Classifier, createActivations } from './classifier.ts';
import type { LabelledRows } from './sample-rows.ts';

export interface Descent {
  /** Changes the weights by one mini-batch of rows; returns the mean cross-entropy before the change, in nats. */
  step(rows: LabelledRows, batch: readonly number[]): number;
}

const RATE = 0.006;
const MOMENTUM = 0.9;

/** Stochastic gradient descent with momentum on the cross-entropy; changes the classifier's weights in place. */
export function createDescent(classifier: Classifier): Descent {
  const { inputs, hidden, outputs, weights } = classifier;
  const gradient = new Float64Array(weights.length);
  const velocity = new Float64Array(weights.length);
  const activations = createActivations(classifier);
  const blame = new Float64Array(hidden);

  /** Adds one row's gradient and returns its loss. */
  const learnRow = (features: Float32Array, from: number, label: number): number => {
    activate(classifier, features, from, activations);
    const loss = softmaxLoss(activations.scores, label);
    blame.fill(0);
    let at = hidden * (inputs + 1);
    for (let output = 0; output < outputs; output += 1) {
      const error = activations.scores[output]! - (output === label ? 1 : 0);
      for (let unit = 0; unit < hidden; unit += 1) {
        blame[unit]! += error * weights[at]!;
        gradient[at++]! += error * activations.hidden[unit]!;
      }
      gradient[at++]! += error;
    }
    at = 0;
    for (let unit = 0; unit < hidden; unit += 1) {
      const error = activations.hidden[unit]! > 0 ? blame[unit]! : 0;
      for (let input = 0; input < inputs; input += 1) gradient[at++]! += error * features[from + input]!;
      gradient[at++]! += error;
    }
    return loss;
  };

  return {
    step(rows, batch) {
      gradient.fill(0);
      let loss = 0;
      for (const row of batch) loss += learnRow(rows.features, row * inputs, rows.labels[row]!);
      for (let at = 0; at < weights.length; at += 1) {
        velocity[at] = MOMENTUM * velocity[at]! - (RATE * gradient[at]!) / batch.length;
        weights[at]! += velocity[at]!;
      }
      return loss / batch.length;
    },
  };
}

/** Turns scores into probabilities in place and returns the cross-entropy of `label`. */
function softmaxLoss(scores: Float64Array, label: number): number {
  const highest = Math.max(...scores);
  let total = 0;
  for (let at = 0; at < scores.length; at += 1) total += scores[at] = Math.exp(scores[at]! - highest);
  for (let at = 0; at < scores.length; at += 1) scores[at]! /= total;
  return -Math.log(Math.max(1e-12, scores[label]!));
}
