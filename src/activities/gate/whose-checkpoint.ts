import type { ModelEvent } from '../../contracts/model-register.ts';
import type { OwnTraining } from '../../contracts/training-activities.ts';
import type { TrainingStatus, TrainStats } from '../../contracts/trainer-reports.ts';
import { runName } from '../run-name.ts';
import { isOwnRun, publishedWhen } from '../training/own-publication.ts';
import { ownStats, type Surroundings } from '../training/own-stats.ts';
import { readRunRecord } from '../training/run-record.ts';
import type { ModelSite } from './published-model.ts';
import { hasLeftNothing } from './settled-model.ts';

/** Whether statistics are of a run of ours: of the start that was seen, else of one that only ours can be. */
function isOwnStart(stats: TrainStats, surroundings: Surroundings): boolean {
  const { record, maxEpochs } = surroundings;
  if (record.ownStart !== null || record.lost.length > 0) return isOwnRun(stats, record, maxEpochs);
  return ownStats(stats, surroundings) !== null;
}

/** Whether the register tells of another iteration's training, or of a hand, since this iteration's began. */
function hasOthersSince(events: readonly ModelEvent[], id: string): boolean {
  const done = events.filter(({ event }) => event !== 'found');
  const own = done.findLastIndex(({ iteration }) => iteration === id);
  return done.slice(own + 1).some(({ iteration }) => iteration !== id);
}

/** These have ended, and publish nothing any more. */
const ENDED: readonly (TrainingStatus | undefined)[] = ['DONE', 'ERROR', 'STOPPED'];

/**
 * Whose model is published after an iteration's own training that has not ended with a model that is known. The trainer's
 * statistics, which outlive its list of trainings, have to be of a run that the run's record knows.
 *
 * @returns `since` where somebody has published it after the training had ended; `not known` where it may be somebody else's
 */
export async function whoseCheckpoint(
  { trainer, store, model, signal }: ModelSite,
  { id, ...own }: OwnTraining & { readonly id: string } & Pick<Surroundings, 'maxEpochs' | 'beginsWithinMs'>,
  events: readonly ModelEvent[],
): Promise<'ours' | 'since' | 'not known'> {
  const name = runName(id, own);
  const all = await trainer.trainings(signal);
  const place = all.findLastIndex((task) => task.name === name);
  const others = all.slice(place + 1).filter((task) => task.model === model && task.status !== 'ERROR');
  if (others.length > 0) return 'not known';
  const status = all[place]?.status;
  const hasEnded = ENDED.includes(status);
  const record = await readRunRecord(store, id, name);
  if (record !== null && hasEnded && hasLeftNothing(events, { ...own, id, record })) return 'since';
  const published = await trainer.publishedModel(model, signal);
  const stats = published?.stats ?? null;
  if (published === null || record === null || stats === null) return place >= 0 ? 'ours' : 'not known';
  // What is through has published its last model, whatever the statistics show.
  if (!isOwnStart(stats, { ...own, record, tasks: all })) return status === 'DONE' ? 'ours' : 'not known';
  const when = publishedWhen(published, stats);
  if (hasEnded) return when === 'after' ? 'since' : 'ours';
  // A process that has died without a word has hardly published.
  if (place >= 0) return status !== 'LOST' || when === 'within' ? 'ours' : 'not known';
  const isAlone = (record.rivals ?? []).length === 0 && !hasOthersSince(events, id);
  return when !== 'after' && isAlone ? 'ours' : 'not known';
}
