import type { IterationActivities } from '../../contracts/activities.ts';
import { DEFAULT_GATE } from '../../contracts/gate.ts';
import { fileOfModel } from '../../contracts/model-register.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { durable } from '../durable.ts';
import { requireTrainer, trainingOf } from '../training-of.ts';
import { keepPublished, modelReplaced, publish, publishedChecksum, type ModelSite } from './published-model.ts';
import { requireUntrained } from './require-untrained.ts';
import { recordOutcome } from './record-outcome.ts';
import { readEvents } from './site-register.ts';

/** Sees that the new model is published: it may be so since its training, or the one from before was put back meanwhile. */
export function createPromoteModel({ connect, store }: ActivityDependencies): IterationActivities['promoteModel'] {
  return durable(async ({ id, input, model, before, evaluation, by }, { signal }) => {
    const trainer = requireTrainer(connect(input.connection), input.connection);
    const site: ModelSite = { trainer, store, connection: input.connection, model: model.model, signal };
    const { checksum } = model;
    // A person may take days, in which other iterations have their turns.
    if (by !== null) await requireUntrained(site, 'TrainingBusy');
    const published = await publishedChecksum(site);
    const kept = fileOfModel(await readEvents(site), checksum);
    if (published !== checksum) {
      if (kept === null || published !== before.checksum) throw modelReplaced(model.model, checksum, published);
      await publish(site, { checksum, file: kept });
    }
    const file = kept ?? (await keepPublished(site, checksum));
    const at = new Date().toISOString();
    await recordOutcome(site, {
      event: 'promoted',
      checksum,
      file,
      current: checksum,
      iteration: id,
      evaluation,
      by,
      at,
    });
    const { policy } = trainingOf(input).gate ?? DEFAULT_GATE;
    const { verdict, reasons } = evaluation.gate ?? { verdict: 'not measured', reasons: [] };
    return { policy, verdict, reasons, outcome: 'promoted', checksum, published: checksum, by, at };
  });
}
