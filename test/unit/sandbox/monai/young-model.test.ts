import { describe, expect, it } from '@jest/globals';
import { classify } from '../../../../src/sandbox/monai/learner/classifier.ts';
import { extractFeatures, FEATURES } from '../../../../src/sandbox/monai/learner/features.ts';
import { diceByClass, meanDice } from '../../../../src/sandbox/monai/learner/mean-dice.ts';
import { decodeModel } from '../../../../src/sandbox/monai/learner/model-file.ts';
import { readImage } from '../../../../src/sandbox/monai/learner/read-image.ts';
import { youngModel } from '../../../../src/sandbox/monai/learner/young-model.ts';
import { startSandboxMonai } from '../../../../src/sandbox/monai/start-sandbox-monai.ts';
import { SCENE_CATEGORIES, SCENE_MODEL_LABELS } from '../../../../src/sandbox/scenes/categories.ts';
import { generateScenes } from '../../../../src/sandbox/scenes/generate-scenes.ts';

const OUTPUTS = 4;
const indexOf = new Map(SCENE_CATEGORIES.map(({ id, name }) => [id, SCENE_MODEL_LABELS[name] ?? 0]));

async function diceOfSeed(seed: number): Promise<number> {
  const model = decodeModel(await youngModel(seed, SCENE_MODEL_LABELS, SCENE_CATEGORIES), FEATURES, OUTPUTS);
  const measured = [...generateScenes({ seed, frames: 4 })].map(({ image, truth }) => {
    const labels = Uint8Array.from(truth.values, (id) => indexOf.get(id) ?? 0);
    return diceByClass(classify(model, extractFeatures(readImage(image))), labels, OUTPUTS);
  });
  return meanDice(measured) ?? 0;
}

describe('a model that has learnt little', () => {
  it('sees something in frames that it has never seen, and leaves much to learn', async () => {
    for (const seed of [1, 7]) {
      const dice = await diceOfSeed(seed);
      expect(dice).toBeGreaterThan(0.1);
      expect(dice).toBeLessThan(0.6);
    }
  });

  it('is published from the start, the same one for the same seed', async () => {
    const [file, again] = [
      await youngModel(5, SCENE_MODEL_LABELS, SCENE_CATEGORIES),
      await youngModel(5, SCENE_MODEL_LABELS, SCENE_CATEGORIES),
    ];
    expect(Buffer.from(again).equals(file)).toBe(true);
    const monai = await startSandboxMonai({ published: file });
    try {
      const answer = await fetch(`${monai.url}/model/segmentation`);
      expect(Buffer.from(await answer.arrayBuffer()).equals(file)).toBe(true);
    } finally {
      await monai.close();
    }
  });
});
