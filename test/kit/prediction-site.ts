import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { PredictionManifest, PredictionsRef } from '../../src/contracts/prediction.ts';
import type { DatasetRef } from '../../src/contracts/refs.ts';
import { SANDBOX_MODEL } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import type { MockActivityEnvironment } from '@temporalio/testing';
import type { ActivitySite } from './activity-site.ts';
import { weakModel } from './weak-model.ts';

/** Publishes a model that paints at random; another one for each seed. Returns its checksum. */
export async function publishModel({ monai }: ActivitySite, seed: number): Promise<string> {
  return monai.uploadModel(SANDBOX_MODEL, weakModel(seed, 'prediction'));
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
