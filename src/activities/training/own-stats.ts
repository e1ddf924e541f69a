import type { TrainStats } from '../../contracts/trainer-reports.ts';
import type { RunRecord } from './run-record.ts';

/** How far the clocks of the trainer and of the worker may be apart, in seconds. */
const CLOCK_SKEW_SECONDS = 600;

/**
 * The trainer's statistics, if they are of our run; null otherwise. They carry no name, and show the run before until a
 * new one is validated for the first time. Once our start is known only that counts; until then a start that was not
 * there before the request, not before the request by the clocks, and with as many epochs as were asked for.
 */
export function ownStats(
  stats: TrainStats | null,
  record: Pick<RunRecord, 'ownStart' | 'previousRunStart' | 'submittedAt' | 'lost'>,
  maxEpochs: number | null,
): TrainStats | null {
  if (stats === null) return null;
  const { startedAtSeconds: start, totalEpochs } = stats;
  if (record.ownStart !== null) return start === record.ownStart ? stats : null;
  if (start === record.previousRunStart || record.lost.some((lost) => lost.start === start)) return null;
  if (start < Date.parse(record.submittedAt) / 1000 - CLOCK_SKEW_SECONDS) return null;
  return maxEpochs === null || totalEpochs === maxEpochs ? stats : null;
}
