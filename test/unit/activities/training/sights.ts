import type { RunRecord } from '../../../../src/activities/training/run-record.ts';
import type { TrainingStatus, TrainingTask, TrainStats } from '../../../../src/contracts/trainer-reports.ts';

/** Time of the request, in seconds since 1970. */
export const SUBMITTED_AT = Date.parse('2026-01-01T00:00:00.000Z') / 1000;

/** The record of a run whose task, where it is listed, is called `ours`. */
export function aRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    schema: 'maskloop.run/1',
    model: 'segmentation',
    runName: 'name of ours',
    submittedAt: new Date(SUBMITTED_AT * 1000).toISOString(),
    previousRunStart: null,
    previousChecksum: null,
    lastTask: null,
    request: 'alone',
    taskId: 'ours',
    over: [],
    lost: [],
    restarts: 0,
    ownStart: null,
    ...changes,
  };
}

export function aTask(id: string, status: TrainingStatus): TrainingTask {
  return { id, status, model: 'segmentation', name: `name of ${id}`, details: [] };
}

/** Statistics of a run after its first minute. */
export function stats(startedAtSeconds: number, changes: Partial<TrainStats> = {}): TrainStats {
  const metrics = { metricName: null, metric: null, bestMetric: null };
  return { startedAtSeconds, elapsedSeconds: 60, epoch: 1, totalEpochs: 5, ended: false, ...metrics, ...changes };
}
