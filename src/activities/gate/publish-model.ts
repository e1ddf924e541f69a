import { MaskloopError } from '../../contracts/error.ts';
import { fileOfModel, previousModel, type ModelEvent } from '../../contracts/model-register.ts';
import type { ModelActivities, PublishModelInput } from '../../contracts/publish-model.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { durable } from '../durable.ts';
import { requireTrainer } from '../training-of.ts';
import { keepForeignModel } from './keep-foreign-model.ts';
import { requireUntrained } from './require-untrained.ts';
import { publish, publishedChecksum, type ModelSite } from './published-model.ts';
import { noteEvent, readEvents } from './site-register.ts';

/** @throws MaskloopError `ModelUnknown` for a model that the register does not have, or where there is none to go back to */
function wanted(
  events: readonly ModelEvent[],
  { connection, model, checksum }: PublishModelInput,
  published: string | null,
): { readonly checksum: string; readonly file: ArtifactRef } {
  const asked = checksum ?? previousModel(events, published);
  const file = asked === null ? null : fileOfModel(events, asked);
  if (asked !== null && file !== null) return { checksum: asked, file };
  const what = asked === null ? 'no model to go back to' : `no model ${asked}`;
  throw new MaskloopError('ModelUnknown', `The register of "${model}" (connection ${connection}) has ${what}.`, {
    facts: { connection, model, checksum },
  });
}

/** Publishes a model of the register by hand; what is published meanwhile and unknown is kept first. */
export function createPublishModel({ connect, store }: ActivityDependencies): ModelActivities['publishModel'] {
  return durable(async (input, { signal }) => {
    const { connection, model, by, note = '' } = input;
    const trainer = requireTrainer(connect(connection), connection);
    const site: ModelSite = { trainer, store, connection, model, signal };
    await requireUntrained(site, 'ModelInUse');
    const before = await publishedChecksum(site);
    const target = wanted(await readEvents(site), input, before);
    if (before !== null) await keepForeignModel(site, before, null);
    const entry = { iteration: null, metrics: null, reasons: note === '' ? [] : [note], at: new Date().toISOString() };
    if (before !== target.checksum) await publish(site, target);
    const event = input.checksum === null ? 'rolled back' : 'promoted';
    const key = `${event}:by-hand:${target.checksum}`;
    await noteEvent(site, { ...entry, event, ...target, current: target.checksum, by, key });
    return { connection, model, checksum: target.checksum, before };
  });
}
