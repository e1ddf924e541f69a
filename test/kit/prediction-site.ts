import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { PredictionManifest, PredictionsRef } from '../../src/contracts/prediction.ts';
import type { DatasetRef } from '../../src/contracts/refs.ts';
import { createClassifier } from '../../src/sandbox/monai/learner/classifier.ts';
import { FEATURES } from '../../src/sandbox/monai/learner/features.ts';
import { encodeModel } from '../../src/sandbox/monai/learner/model-file.ts';
import { SANDBOX_MODEL } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { SCENE_MODEL_LABELS } from '../../src/sandbox/scenes/categories.ts';
import { createRandom } from '../../src/sandbox/scenes/random.ts';
import type { MockActivityEnvironment } from '@temporalio/testing';
import type { ActivitySite } from './activity-site.ts';

/** Publishes a model that paints at random; another one for each seed. Returns its checksum. */
export async function publishModel({ monai }: ActivitySite, seed: number): Promise<string> {
  const outputs = Math.max(...Object.values(SCENE_MODEL_LABELS)) + 1;
  const random = createClassifier(createRandom(seed, 'prediction'), FEATURES, outputs);
  return monai.uploadModel(SANDBOX_MODEL, encodeModel(random));
}

/** The input of an iteration of the site whose masks are predicted. */
export function predictingInput({ input }: ActivitySite, changes: Partial<IterationInput> = {}): IterationInput {
  return { ...input, masks: null, predict: { model: SANDBOX_MODEL }, training: null, ...changes };
}

/** Runs the activity; the task is only needed without a folder of images. */
export async function predict(
  site: ActivitySite,
  changes: Partial<Parameters<ActivitySite['run']>[1]> & { readonly [name: string]: unknown } = {},
  env?: MockActivityEnvironment,
): Promise<PredictionsRef> {
  const args = { input: predictingInput(site), task: null, taken: [], ...changes };
  return site.run('predictMasks', args, env);
}

/** What a reference to predictions leads to. */
export async function manifestOf({ store }: ActivitySite, { manifest }: PredictionsRef): Promise<PredictionManifest> {
  return JSON.parse(Buffer.from(await store.get(manifest)).toString('utf8')) as PredictionManifest;
}

/** Runs the activities of the step convert on what was predicted. */
export async function convertPredicted(
  site: ActivitySite,
  input: IterationInput,
  predictions: PredictionsRef,
): Promise<DatasetRef> {
  const plan = await site.run('planConversion', { input, predictions });
  for (let index = 0; index < plan.shards; index += 1) await site.run('convertShard', { input, plan, index });
  return site.run('assembleDataset', { input, plan });
}

/** Images that MONAI Label has predicted. */
export function predicted({ log }: ActivitySite): number {
  return log.count({ server: 'monai', method: 'POST', path: /^\/infer\//, status: 200 });
}
