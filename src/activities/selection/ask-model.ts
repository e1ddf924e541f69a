import type { Connection } from '../dependencies.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { requireTrainer } from '../training-of.ts';
import { findModelToAsk } from './model-to-ask.ts';
import type { SelectionPolicy } from './policy-document.ts';
import { createPredictor } from './predictor.ts';
import type { AskedModel } from './selecting.ts';

/** Strategies that ask a model. */
const ASKING: ReadonlySet<string> = new Set(['uncertainty', 'foreground-random']);

/**
 * The model that the strategies of a policy ask; null where none asks any, or none was ever published.
 *
 * @param id of the iteration that is chosen for
 * @throws MaskloopError `TrainingBusy`, `ModelChanged`, `InvalidConfiguration` where nothing predicts
 */
export async function askModel(
  connection: Connection,
  { store, signal }: { readonly store: ArtifactStore; readonly signal: AbortSignal },
  policy: SelectionPolicy,
  id: string,
): Promise<AskedModel | null> {
  if (!policy.selection.mixture.some(({ strategy }) => ASKING.has(strategy))) return null;
  const trainer = requireTrainer(connection, policy.connection);
  const { model } = policy.iteration.training;
  const site = { trainer, store, connection: policy.connection, model, signal };
  const found = await findModelToAsk(site, id);
  if (found === null) return null;
  const published = (await connection.monai?.publishedModel(model, signal)) ?? null;
  return {
    ...found,
    predictor: createPredictor(site, found.checksum),
    modifiedAtSeconds: published?.modifiedAtSeconds ?? null,
  };
}
