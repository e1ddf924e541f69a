import type { IterationActivities } from '../../contracts/activities.ts';
import { DEFAULT_GATE, type PromotionOutcome, type PromotionRef } from '../../contracts/gate.ts';
import { currentModel, fileOfModel, type ModelEvent, type ModelEventName } from '../../contracts/model-register.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import { DEFAULT_STALLED_AFTER_MS } from '../../contracts/timing.ts';
import type { ModelRef } from '../../contracts/training.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { durable } from '../durable.ts';
import { runName } from '../run-name.ts';
import { readRunRecord } from '../training/run-record.ts';
import { requireTrainer, trainingOf } from '../training-of.ts';
import { whoseCheckpoint } from './whose-checkpoint.ts';
import { keepPublished, modelReplaced, publish, publishedChecksum, type ModelSite } from './published-model.ts';
import { publishable, recordOutcome } from './record-outcome.ts';
import { isReplacedSince } from './replaced-since.ts';
import { settledModel } from './settled-model.ts';
import { readEvents } from './site-register.ts';

/** What is asked for; the model is also that which the register knows of the training. */
type Args = Omit<Parameters<IterationActivities['putBackModel']>[0], 'model'> & {
  readonly model: Pick<ModelRef, 'checksum'> | null;
};

/** A model and its bytes. */
interface Kept {
  readonly checksum: string;
  readonly file: ArtifactRef;
}

/** Whose model is published that is not the one from before. */
async function whose(
  site: ModelSite,
  { id, input, firstRunId, tryNumber, model }: Args,
  events: readonly ModelEvent[],
  published: string,
): Promise<'ours' | 'since' | 'not known'> {
  if (model !== null) return published === model.checksum ? 'ours' : 'not known';
  const beginsWithinMs = input.timing.stalledAfterMs ?? DEFAULT_STALLED_AFTER_MS;
  const own = { id, firstRunId, tryNumber, maxEpochs: trainingOf(input).maxEpochs, beginsWithinMs };
  return whoseCheckpoint(site, own, events);
}

/** With the model that the iteration's training has published as far as the register tells, where the iteration names none. */
async function withSettled(site: ModelSite, args: Args, events: readonly ModelEvent[]): Promise<Args> {
  if (args.model !== null) return args;
  const record = await readRunRecord(site.store, args.id, runName(args.id, args));
  const checksum = record === null ? null : settledModel(events, { ...args, record });
  return checksum === null ? args : { ...args, model: { checksum } };
}

/** A model that the register knows. */
function keptOf(events: readonly ModelEvent[], model: Args['model']): Kept | null {
  const file = model === null ? null : fileOfModel(events, model.checksum);
  return model === null || file === null ? null : { checksum: model.checksum, file };
}

/** What was done about a model that is not wanted. */
interface Settled {
  readonly outcome: PromotionOutcome;
  /** The model that was not wanted, where there is one. */
  readonly rejected: Kept | null;
  /** Checksum of what is published now. */
  readonly published: string | null;
}

/**
 * Publishes the model from before, unless it is published, or another one was published since.
 *
 * @throws MaskloopError `ModelReplaced` if what is published is nobody's that we know
 */
async function settle(site: ModelSite, args: Args, events: readonly ModelEvent[]): Promise<Settled> {
  const published = await publishedChecksum(site);
  const known = keptOf(events, args.model);
  if (isReplacedSince(args, events, published)) return { outcome: 'replaced', rejected: known, published };
  const old = publishable(args.before);
  const isBefore = published === null || published === args.before.checksum;
  const by = isBefore ? null : await whose(site, args, events, published);
  if (by === 'since') return { outcome: 'replaced', rejected: null, published };
  if (!isBefore && by !== 'ours')
    throw modelReplaced(site.model, args.before.checksum ?? args.model?.checksum ?? 'ours', published);
  const rejected = isBefore ? known : { checksum: published, file: await keepPublished(site, published) };
  if (old === null) return { outcome: published === null ? 'put back' : 'left', rejected, published };
  if (published !== old.checksum) await publish(site, old);
  return { outcome: 'put back', rejected, published: old.checksum };
}

/** What the register is told: what became of the model that is not wanted, or that the one from before was kept. */
async function note(
  site: ModelSite,
  { id, before, evaluation, why, by }: Args,
  events: readonly ModelEvent[],
  { outcome, rejected, published }: Settled,
  at: string,
): Promise<void> {
  const isReplaced = outcome === 'replaced';
  const current = isReplaced ? (currentModel(events) ?? published) : published;
  const event: ModelEventName = rejected === null ? 'kept' : outcome === 'left' && why !== 'waits' ? 'left' : why;
  const about = rejected ?? (isReplaced ? null : publishable(before));
  if (about === null || current === null) return;
  await recordOutcome(site, { event, ...about, current, iteration: id, evaluation, by, at });
}

/** Publishes the model from before again, if there was one and neither it nor another one that was meant to be is published. */
export function createPutBackModel({ connect, store }: ActivityDependencies): IterationActivities['putBackModel'] {
  return durable(async (asked, { signal }): Promise<PromotionRef> => {
    const { input, evaluation, by } = asked;
    const training = trainingOf(input);
    const trainer = requireTrainer(connect(input.connection), input.connection);
    const site: ModelSite = { trainer, store, connection: input.connection, model: training.model, signal };
    const events = await readEvents(site);
    const args = await withSettled(site, asked, events);
    const settled = await settle(site, args, events);
    const at = new Date().toISOString();
    await note(site, args, events, settled, at);
    const { outcome, rejected, published } = settled;
    const { verdict, reasons } = evaluation?.gate ?? { verdict: 'not measured', reasons: ['nothing was decided'] };
    const { policy } = training.gate ?? DEFAULT_GATE;
    const checksum = args.model?.checksum ?? rejected?.checksum ?? published ?? 'none';
    return { policy, verdict, reasons, outcome, checksum, published, by, at };
  });
}
