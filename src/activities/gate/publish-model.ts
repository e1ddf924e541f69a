import { MaskloopError } from '../../contracts/error.ts';
import { currentModel, fileOfModel, previousModel, type ModelEvent } from '../../contracts/model-register.ts';
import type { ModelActivities, PublishModelInput } from '../../contracts/publish-model.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { durable } from '../durable.ts';
import { requireTrainer } from '../training-of.ts';
import { requireUntrained } from './require-untrained.ts';
import { keepPublished, publish, publishedChecksum, type ModelSite } from './published-model.ts';
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
    const events = await readEvents(site);
    const target = wanted(events, input, before);
    const entry = { iteration: null, metrics: null, reasons: [], at: new Date().toISOString() };
    if (before !== null && fileOfModel(events, before) === null) {
      const found = {
        checksum: before,
        file: await keepPublished(site, before),
        current: currentModel(events) ?? before,
      };
      await noteEvent(site, { ...entry, event: 'found', ...found, by: null, key: `found:${before}` });
    }
    if (before !== target.checksum) await publish(site, target);
    const event = input.checksum === null ? 'rolled back' : 'promoted';
    const key = `${event}:by-hand:${target.checksum}`;
    const reasons = note === '' ? [] : [note];
    await noteEvent(site, { ...entry, reasons, event, ...target, current: target.checksum, by, key });
    return { connection, model, checksum: target.checksum, before };
  });
}
