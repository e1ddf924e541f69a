import type { TrainStats } from '../../contracts/trainer-reports.ts';
import { othersSince } from './others-since.ts';
import { whoseStats, type Surroundings } from './own-stats.ts';
import type { RunRecord } from './run-record.ts';

/** Trainings of others that were seen beside a forgotten one; the list may be forgotten as well. */
function withRivals({ record, tasks }: Surroundings): RunRecord {
  if (tasks.some(({ id }) => id === record.taskId)) return record;
  const { rivals: known = [] } = record;
  const seen = othersSince(tasks, record).flatMap(({ id }) => (known.includes(id) ? [] : [id]));
  return seen.length === 0 ? record : { ...record, rivals: [...known, ...seen] };
}

/**
 * What a look adds to the record of a run: the start of ours, once the statistics can only be of it; a start that others
 * have made while ours waits; and who has trained since ours was forgotten. The same record where there is nothing new.
 */
export function noteSight(stats: TrainStats | null, surroundings: Surroundings): RunRecord {
  const record = withRivals(surroundings);
  if (stats === null || record.ownStart !== null) return record;
  const { startedAtSeconds: start, totalEpochs } = stats;
  const { status } = surroundings.tasks.find(({ id }) => id === record.taskId) ?? {};
  if (status === 'SUBMITTED')
    return start === record.previousRunStart ? record : { ...record, previousRunStart: start };
  const isOurs = whoseStats(stats, { ...surroundings, record }) === 'ours';
  return isOurs ? { ...record, ownStart: start, ownEpochs: totalEpochs } : record;
}
