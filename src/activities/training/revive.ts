import { MaskloopError } from '../../contracts/error.ts';
import type { TrainingTask, TrainStats } from '../../contracts/trainer-reports.ts';
import { stopAndSee } from './give-way.ts';
import type { RunContext } from './run-context.ts';
import { writeRunRecord, type RunRecord } from './run-record.ts';
import { submitRun } from './submit-run.ts';

/** More than this is no accident. */
const MAX_RESTARTS = 3;

/**
 * Starts a run again that is dead, under the same name, so that it goes on from its own checkpoint. That it is dead is
 * noted first: a crash in between leaves a request that is known not to run.
 *
 * @throws MaskloopError `TrainingVanished` when that has been done too often
 */
export async function startAgain(
  run: RunContext,
  record: RunRecord,
  { tasks, stats }: { readonly tasks: readonly TrainingTask[]; readonly stats: TrainStats | null },
): Promise<RunRecord> {
  const { model, runName, restarts, taskId, ownStart } = record;
  if (restarts >= MAX_RESTARTS) {
    throw new MaskloopError('TrainingVanished', `Training ${runName} was lost ${restarts + 1} times.`, {
      facts: { run: runName, model, task: taskId, restarts },
    });
  }
  const lost = ownStart === null ? record.lost : [...record.lost, { start: ownStart, epoch: stats?.epoch ?? 0 }];
  const over = taskId === null ? record.over : [...record.over, taskId];
  const noted = { ...record, lost, over, restarts: restarts + 1, request: 'refused', taskId: null } as const;
  return submitRun(run, await writeRunRecord(run.store, run.id, noted), tasks);
}

/** The run that was taken for dead and has gone on since, by its start; null if none has. */
export function livesAgain({ lost }: Pick<RunRecord, 'lost'>, stats: TrainStats | null): number | null {
  const moved = lost.find(({ start, epoch }) => start === stats?.startedAtSeconds && stats.epoch > epoch);
  return moved?.start ?? null;
}

/** A run that was taken for dead lives: the one that was started in its place is stopped, and the first is watched again. */
export async function followLiving(run: RunContext, record: RunRecord, start: number): Promise<RunRecord> {
  const { taskId } = record;
  if (taskId !== null) await stopAndSee(run, taskId);
  return writeRunRecord(run.store, run.id, {
    ...record,
    lost: record.lost.filter((lost) => lost.start !== start),
    over: taskId === null ? record.over : [...record.over, taskId],
    taskId: null,
    request: 'alone',
    ownStart: start,
  });
}
