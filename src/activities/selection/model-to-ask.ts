import { isMaskloopError } from '../../contracts/error.ts';
import { previousModel } from '../../contracts/model-register.ts';
import { findCurrentModel } from '../gate/current-model.ts';
import type { ModelSite } from '../gate/published-model.ts';
import { requireUntrained } from '../gate/require-untrained.ts';

/** The model that says where it is unsure. */
export interface ModelToAsk {
  /** `SHA256:…` of its file. */
  readonly checksum: string;
  /** Of the model that was published before it; null for none. */
  readonly before: string | null;
}

/**
 * The published model, which has to be the one that should be; null where none was ever published.
 *
 * @throws MaskloopError `TrainingBusy` while a training might publish one that nobody has judged; `ModelChanged`
 */
export async function findModelToAsk(site: ModelSite, id: string): Promise<ModelToAsk | null> {
  await requireUntrained(site, 'TrainingBusy');
  try {
    const { checksum, events } = await findCurrentModel(site, { id, taken: [] });
    return { checksum, before: previousModel(events, checksum) };
  } catch (error) {
    if (isMaskloopError(error, 'PredictionFromUntrainedModel')) return null;
    throw error;
  }
}
