import type { IterationActivities } from '../../contracts/activities.ts';
import { DEFAULT_GATE, type PromotionOutcome, type PromotionRef } from '../../contracts/gate.ts';
import { fileOfModel, type ModelEventName } from '../../contracts/model-register.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { durable } from '../durable.ts';
import { runName } from '../run-name.ts';
import { requireTrainer, trainingOf } from '../training-of.ts';
import { keepPublished, modelReplaced, publish, publishedChecksum, type ModelSite } from './published-model.ts';
import { publishable, recordOutcome } from './record-outcome.ts';
import { readEvents } from './site-register.ts';

type Args = Parameters<IterationActivities['putBackModel']>[0];

/** A model and its bytes. */
interface Kept {
  readonly checksum: string;
  readonly file: ArtifactRef;
}

/**
 * Whether what is published comes from the iteration's own training, which has not ended with a model: nobody else has
 * trained the model since, and the statistics are of a run that began after ours was asked for.
 */
async function isOwnCheckpoint(site: ModelSite, { id, firstRunId, tryNumber, training }: Args): Promise<boolean> {
  const { trainer, model, signal } = site;
  const all = await trainer.trainings(signal);
  const own = all.findIndex(({ name }) => name === runName(id, { firstRunId, tryNumber }));
  const others = all.slice(own + 1).filter((task) => task.model === model && task.status !== 'ERROR');
  if (own >= 0) return others.length === 0;
  if (training === null || others.length > 0) return false;
  const stats = await trainer.trainStats(model, signal);
  return stats !== null && stats.startedAtSeconds !== training.previousRunStart;
}

/** Keeps what is published, unless it is the model from before. @throws MaskloopError `ModelReplaced` if it is nobody's that we know */
async function keepOurs(site: ModelSite, args: Args, published: string): Promise<Kept> {
  const { before, model } = args;
  const isOurs = published === model?.checksum || (model === null && (await isOwnCheckpoint(site, args)));
  if (!isOurs) throw modelReplaced(site.model, before.checksum ?? model?.checksum ?? 'ours', published);
  return { checksum: published, file: await keepPublished(site, published) };
}

/** The model that was not wanted, where there is one: it may be published, or put back already and in the register. */
async function unwanted(site: ModelSite, args: Args, published: string | null): Promise<Kept | null> {
  if (published !== null && published !== args.before.checksum) return keepOurs(site, args, published);
  if (args.model === null) return null;
  const { checksum } = args.model;
  const file = fileOfModel(await readEvents(site), checksum);
  return file === null ? null : { checksum, file };
}

/** Publishes the model from before again, if there was one and it is not published. */
export function createPutBackModel({ connect, store }: ActivityDependencies): IterationActivities['putBackModel'] {
  return durable(async (args, { signal }): Promise<PromotionRef> => {
    const { id, input, before, evaluation, why, by } = args;
    const training = trainingOf(input);
    const trainer = requireTrainer(connect(input.connection), input.connection);
    const site: ModelSite = { trainer, store, connection: input.connection, model: training.model, signal };
    const published = await publishedChecksum(site);
    const rejected = await unwanted(site, args, published);
    const old = publishable(before);
    if (old !== null && published !== old.checksum) await publish(site, old);
    const current = old?.checksum ?? published;
    const at = new Date().toISOString();
    const unchanged: ModelEventName = 'kept';
    const event = rejected === null ? unchanged : old === null && why !== 'waits' ? 'left' : why;
    const about = rejected ?? old;
    if (about !== null && current !== null) {
      await recordOutcome(site, { event, ...about, current, iteration: id, evaluation, by, at });
    }
    const { verdict, reasons } = evaluation?.gate ?? { verdict: 'not measured', reasons: ['nothing was decided'] };
    const outcome: PromotionOutcome = old === null && published !== null ? 'left' : 'put back';
    const { policy } = training.gate ?? DEFAULT_GATE;
    const checksum = args.model?.checksum ?? rejected?.checksum ?? current ?? 'none';
    return { policy, verdict, reasons, outcome, checksum, published: current, by, at };
  });
}
