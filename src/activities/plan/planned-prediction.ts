import type { Category } from '../../contracts/categories.ts';
import { isMaskloopError } from '../../contracts/error.ts';
import { iterationId } from '../../contracts/ids.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { IterationPlan } from '../../contracts/plan.ts';
import type { Connection } from '../dependencies.ts';
import { findCurrentModel } from '../gate/current-model.ts';
import { imagesToPredict } from '../images-to-predict.ts';
import { modelTable } from '../model-table.ts';
import { requireTrainer } from '../training-of.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { verifyContents } from '../../storage/verify-contents.ts';
import type { FoundTask } from './planned-task.ts';
import type { Troubles } from './troubles.ts';

interface Looking {
  readonly connection: Connection;
  readonly store: ArtifactStore;
  readonly categories: readonly Category[];
  readonly input: IterationInput;
  readonly signal: AbortSignal;
}

/** Which model would predict how many frames; nothing is predicted. Null where masks are not to be. */
export async function plannedPrediction(
  looking: Looking,
  found: FoundTask | null,
  troubles: Troubles,
): Promise<IterationPlan['prediction'] | null> {
  const { predict } = looking.input;
  if (predict === undefined) return null;
  const { model } = predict;
  const checksum = await troubles.meet(() => publishedNow(looking, model));
  return { model, checksum, frames: await troubles.meet(() => countFrames(looking, found)) };
}

/** Null while it cannot be known: the trainer is away, or somebody decides on a model. That is waited for. */
async function publishedNow(
  { connection, store, input, categories, signal }: Looking,
  model: string,
): Promise<string | null> {
  const trainer = requireTrainer(connection, input.connection);
  const site = { trainer, store, connection: input.connection, model, signal };
  try {
    await modelTable(trainer, categories, model, signal);
    return (await findCurrentModel(site, { id: iterationId(input), taken: [] })).checksum;
  } catch (error) {
    if (isMaskloopError(error, 'MonaiUnreachable') || isMaskloopError(error, 'TrainingBusy')) return null;
    throw error;
  }
}

async function countFrames(
  { connection, store, input, signal }: Looking,
  found: FoundTask | null,
): Promise<number | null> {
  if (input.images !== null) await verifyContents(store, input.images, { signal });
  else if (found === null || found.task === null) return null;
  return (await imagesToPredict({ cvat: connection.cvat, store }, input, found?.task ?? null, signal)).length;
}
