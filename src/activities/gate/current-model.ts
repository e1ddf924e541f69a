import { MaskloopError } from '../../contracts/error.ts';
import { fileOfModel, type ModelEvent } from '../../contracts/model-register.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { Taken } from '../../contracts/training-activities.ts';
import { checkRegister } from './check-register.ts';
import { noteForeignModel } from './note-foreign-model.ts';
import { keepPublished, publishedChecksum, type ModelSite } from './published-model.ts';
import { readEvents } from './site-register.ts';

export interface CurrentModel {
  /** `SHA256:…` of its file. */
  readonly checksum: string;
  /** What the register says of it, oldest first. */
  readonly events: readonly ModelEvent[];
  /** Who took it as it is, though somebody else had published it; null where nobody had to. */
  readonly by: string | null;
}

/**
 * The published model, which has to be the one that should be. Reads only.
 *
 * @throws MaskloopError `PredictionFromUntrainedModel` where none was ever published, `ModelChanged` where another one is than
 *   should be, `TrainingBusy` while another iteration decides on it
 */
export async function findCurrentModel(
  site: ModelSite,
  { id, taken }: { readonly id: string; readonly taken: readonly Taken[] },
): Promise<CurrentModel> {
  const { model } = site;
  const checksum = await publishedChecksum(site);
  const events = await readEvents(site);
  const by = checkRegister(events, checksum, { id, model, taken, now: new Date() })?.by ?? null;
  if (checksum !== null) return { checksum, events, by };
  throw new MaskloopError(
    'PredictionFromUntrainedModel',
    `The model "${model}" was never trained: none is published.`,
    {
      facts: { model },
    },
  );
}

/** Keeps the bytes of that model in the store, and says in the register where it comes from. @throws MaskloopError `ModelReplaced` */
export async function keepCurrentModel(
  site: ModelSite,
  iteration: string,
  { checksum, events, by }: CurrentModel,
): Promise<ArtifactRef> {
  const file = fileOfModel(events, checksum) ?? (await keepPublished(site, checksum));
  await noteForeignModel(site, events, { checksum, file, iteration, by });
  return file;
}
