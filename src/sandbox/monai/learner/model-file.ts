import { z } from 'zod';
import { type Classifier, countWeights } from './classifier.ts';

const format = 'maskloop.sandbox-model/1';
const shape = z.object({
  format: z.literal(format),
  inputs: z.int().positive(),
  hidden: z.int().positive(),
  outputs: z.int().positive(),
  weights: z.array(z.number()),
});

/** A classifier as the bytes of a model file: JSON, whose numbers read back exactly. */
export function encodeModel({ inputs, hidden, outputs, weights }: Classifier): Uint8Array {
  return Buffer.from(JSON.stringify({ format, inputs, hidden, outputs, weights: [...weights] }));
}

/**
 * Reads a model file for a given number of features and label indices.
 *
 * @throws Error if the bytes are no model file or one of another shape
 */
export function decodeModel(bytes: Uint8Array, inputs: number, outputs: number): Classifier {
  const model = shape.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  if (model.inputs !== inputs || model.outputs !== outputs || model.weights.length !== countWeights(model)) {
    throw new Error('size mismatch in the model file');
  }
  return { ...model, weights: Float64Array.from(model.weights) };
}
