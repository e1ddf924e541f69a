import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import { SANDBOX_MODEL } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { predict, predicted, predictingInput, publishModel } from '../kit/prediction-site.ts';

let site: ActivitySite;
beforeAll(async () => {
  site = await openActivitySite({ frames: 3, sandboxMonai: { watcherLimit: null } });
});
afterAll(async () => site.close());

const plan = async (changes: Partial<IterationInput> = {}) =>
  site.run('planIteration', { input: predictingInput(site, changes) });

describe('the plan of an iteration whose masks are predicted', () => {
  it('is in trouble with a model that was never trained, or that there is none of', async () => {
    expect(await plan()).toMatchObject({
      prediction: { model: SANDBOX_MODEL, checksum: null, frames: 3 },
      troubles: [{ code: 'PredictionFromUntrainedModel' }],
    });
    const { troubles } = await plan({ predict: { model: 'missing' } });
    expect(troubles.map(({ code }) => code)).toEqual(['ModelNotFound']);
  });

  it('tells the model and the frames, predicts nothing and writes nothing', async () => {
    const checksum = await publishModel(site, 1);
    await site.run('ensureTask', {});
    const before = site.log.entries.length;
    const images = null;
    for (const input of [{}, { images }]) {
      expect(await plan(input)).toMatchObject({
        prediction: { model: SANDBOX_MODEL, checksum, frames: 3 },
        dataset: null,
        labels: [{ modelIndex: 2 }, { modelIndex: 3 }, { modelIndex: 1 }],
        troubles: [],
      });
    }
    const sent = site.log.entries.slice(before).filter(({ method }) => method !== 'GET' && method !== 'HEAD');
    expect(sent).toEqual([]);
    expect(await site.store.listNamed('models/')).toEqual([]);
  });

  it('is in trouble with a model that is not the one that should be published', async () => {
    await predict(site);
    await publishModel(site, 2);
    const { prediction, troubles } = await plan();
    expect(prediction?.checksum).toBeNull();
    expect(troubles.map(({ code }) => code)).toEqual(['ModelChanged']);
    expect(predicted(site)).toBe(3);
  });
});
