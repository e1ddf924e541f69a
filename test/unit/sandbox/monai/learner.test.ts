import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../kit/seeded-properties.ts';
import { PNG } from 'pngjs';
import { boxMean } from '../../../../src/sandbox/monai/learner/box-mean.ts';
import { createClassifier } from '../../../../src/sandbox/monai/learner/classifier.ts';
import { createDescent } from '../../../../src/sandbox/monai/learner/descend.ts';
import { FEATURES } from '../../../../src/sandbox/monai/learner/features.ts';
import { diceByClass, meanDice } from '../../../../src/sandbox/monai/learner/mean-dice.ts';
import { decodeModel, encodeModel } from '../../../../src/sandbox/monai/learner/model-file.ts';
import { readImage } from '../../../../src/sandbox/monai/learner/read-image.ts';
import { partition } from '../../../../src/sandbox/monai/training/settings.ts';
import { createRandom } from '../../../../src/sandbox/scenes/random.ts';

describe('the learner of the stand-in', () => {
  it('measures Dice as twice the overlap over both areas, without background and absent classes', () => {
    const label = Uint8Array.from([0, 1, 1, 2, 2, 0]);
    const predicted = Uint8Array.from([1, 1, 0, 2, 2, 3]);
    expect(diceByClass(predicted, label, 4)).toEqual([0.5, 1, null]);
    expect(meanDice([[0.5, 1, null], [null], [0.25]])).toBe(0.5);
    expect(meanDice([])).toBe(0);
  });

  it('averages surroundings as a plain sum over the square does', () => {
    const plane = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 4 }))
      .chain(([width, height, radius]) =>
        fc
          .array(fc.integer({ min: 0, max: 255 }), { minLength: width * height, maxLength: width * height })
          .map((values) => ({ width, height, radius, values })),
      );
    fc.assert(
      fc.property(plane, ({ width, height, radius, values }) => {
        const means = boxMean(Float32Array.from(values), width, height, radius);
        for (let at = 0; at < values.length; at += 1) {
          const near = values.filter(
            (_, other) =>
              Math.abs((other % width) - (at % width)) <= radius &&
              Math.abs(Math.floor(other / width) - Math.floor(at / width)) <= radius,
          );
          expect(means[at]).toBeCloseTo(near.reduce((sum, value) => sum + value, 0) / near.length, 3);
        }
      }),
    );
  });

  it('descends: the loss on a rule that can be learnt falls', () => {
    const random = createRandom(1);
    const features = Float32Array.from({ length: 200 * FEATURES }, () => random.between(-1, 1));
    const labels = Uint8Array.from({ length: 200 }, (_, row) => (features[row * FEATURES]! > 0 ? 1 : 0));
    const descent = createDescent(createClassifier(random, FEATURES, 2));
    const all = Array.from({ length: 200 }, (_, row) => row);
    const first = descent.step({ features, labels }, all);
    let last = first;
    for (let step = 0; step < 400; step += 1) last = descent.step({ features, labels }, all);
    expect(last).toBeLessThan(first / 3);
  });

  it('moves the weights against the numerical gradient of the loss', () => {
    const random = createRandom(2);
    const rows = {
      features: Float32Array.from({ length: 5 * FEATURES }, () => random.between(-1, 1)),
      labels: Uint8Array.from([0, 1, 2, 1, 0]),
    };
    const batch = [0, 1, 2, 3, 4];
    const start = createClassifier(random, FEATURES, 3);
    const lossWith = (weights: Float64Array) => createDescent({ ...start, weights: weights.slice() }).step(rows, batch);
    const moved = { ...start, weights: start.weights.slice() };
    createDescent(moved).step(rows, batch);
    const step = 1e-6;
    const slopes = [...start.weights.keys()].map((at) => {
      const [up, down] = [start.weights.slice(), start.weights.slice()];
      up[at]! += step;
      down[at]! -= step;
      return (lossWith(up) - lossWith(down)) / (2 * step);
    });
    const rate = (start.weights.at(-1)! - moved.weights.at(-1)!) / slopes.at(-1)!;
    expect(rate).toBeGreaterThan(0);
    for (const [at, slope] of slopes.entries()) {
      expect((start.weights[at]! - moved.weights[at]!) / rate).toBeCloseTo(slope, 5);
    }
  });

  it('reads a model file back exactly and refuses one of another shape', () => {
    const model = createClassifier(createRandom(3), FEATURES, 4);
    expect(decodeModel(encodeModel(model), FEATURES, 4).weights).toEqual(model.weights);
    expect(() => decodeModel(encodeModel(model), FEATURES, 5)).toThrow('size mismatch');
  });

  it('spreads grey over the channels and refuses what is no picture or too large', () => {
    const png = new PNG({ width: 2, height: 1, colorType: 0 });
    png.data.set([10, 10, 10, 255, 200, 200, 200, 255]);
    const bytes = PNG.sync.write(png, { colorType: 0 });
    expect([...readImage(bytes).rgb]).toEqual([10, 10, 10, 200, 200, 200]);
    expect(() => readImage(Buffer.from('nothing'))).toThrow('cannot identify');
    const huge = Buffer.from(bytes);
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    expect(() => readImage(huge)).toThrow('too large');
  });

  it('keeps the end of the list for validation: none of two, one of three, three of ten at 0.3', () => {
    expect(partition([1, 2], 0.2)).toEqual({ training: [1, 2], validation: [] });
    expect(partition([1, 2, 3], 0.2)).toEqual({ training: [1, 2], validation: [3] });
    expect(partition([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.3).validation).toEqual([8, 9, 10]);
    expect(partition([1, 2, 3], 0)).toEqual({ training: [1, 2, 3], validation: [] });
  });
});
