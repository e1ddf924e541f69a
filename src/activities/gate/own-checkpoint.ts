import type { ModelEvent } from '../../contracts/model-register.ts';
import type { OwnTraining } from '../../contracts/training-activities.ts';
import type { TrainStats } from '../../contracts/trainer-reports.ts';
import { runName } from '../run-name.ts';
import { ownStats } from '../training/own-stats.ts';
import { readRunRecord, type RunRecord } from '../training/run-record.ts';
import type { ModelSite } from './published-model.ts';

/** Whether statistics are of a run of ours: of the start that was seen, else of one that only ours can be. */
function isOwnStart(stats: TrainStats, record: RunRecord, maxEpochs: number | null): boolean {
  const { ownStart, lost } = record;
  const starts = [ownStart, ...lost.map(({ start }) => start)].filter((start) => start !== null);
  if (starts.length > 0) return starts.includes(stats.startedAtSeconds);
  return ownStats(stats, record, maxEpochs) !== null;
}

/** Whether the register tells of another iteration's training, or of a hand, since this iteration's began. */
function hasOthersSince(events: readonly ModelEvent[], id: string): boolean {
  const own = events.findLastIndex(({ iteration }) => iteration === id);
  return events.slice(own + 1).some(({ iteration }) => iteration !== id);
}

/**
 * Whether what is published comes from the iteration's own training, which has not ended with a model that is known. The
 * trainer's statistics, which outlive its list of trainings, have to be of a run that the run's record knows.
 */
export async function isOwnCheckpoint(
  { trainer, store, model, signal }: ModelSite,
  { id, maxEpochs, ...own }: OwnTraining & { readonly id: string; readonly maxEpochs: number | null },
  events: readonly ModelEvent[],
): Promise<boolean> {
  const name = runName(id, own);
  const all = await trainer.trainings(signal);
  const place = all.findLastIndex((task) => task.name === name);
  const others = all.slice(place + 1).filter((task) => task.model === model && task.status !== 'ERROR');
  if (others.length > 0) return false;
  if (all[place]?.status === 'DONE') return true;
  const record = await readRunRecord(store, id, name);
  const stats = await trainer.trainStats(model, signal);
  if (record === null || stats === null) return place >= 0;
  return isOwnStart(stats, record, maxEpochs) && (place >= 0 || !hasOthersSince(events, id));
}
