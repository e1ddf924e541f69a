import { setTimeout as sleep } from 'node:timers/promises';
import { MaskloopError } from '../../contracts/error.ts';
import type { TrainingTask } from '../../contracts/trainer-reports.ts';
import { isUnderWay } from './own-task.ts';
import type { RunContext } from './run-context.ts';
import { writeRunRecord, type RunRecord } from './run-record.ts';

const LOOK_EVERY_MS = 250;

/** Says whose training is waited for. */
export function busyWith(model: string, other: TrainingTask | undefined): MaskloopError {
  const whose =
    other === undefined ? 'another training' : `training ${other.name ?? other.id} of model "${other.model}"`;
  return new MaskloopError('TrainingBusy', `The training of "${model}" waits for ${whose}.`, {
    facts: { model, runs: other?.id ?? null, run: other?.name ?? null, ofModel: other?.model ?? null },
  });
}

/**
 * Stops a training of ours and sees it ended. One that is only submitted cannot be stopped: it is waited for until it runs.
 *
 * @returns how it ended; null if the trainer no longer knows it
 * @throws MaskloopError `WrongTrainingStopped`, `TrainerElsewhere`
 */
export async function stopAndSee(
  run: Pick<RunContext, 'trainer' | 'running'>,
  id: string,
): Promise<TrainingTask | null> {
  const { trainer, running } = run;
  for (let told = false; ;) {
    const task = (await trainer.trainings(running.signal)).find((each) => each.id === id);
    if (task === undefined) return null;
    if (!isUnderWay(task)) return task;
    if (!told) told = (await trainer.stopTraining(id, running.signal)) === 'told';
    await sleep(LOOK_EVERY_MS, undefined, { signal: running.signal });
  }
}

/** Stops our training for the sake of another one, so that it can be started again later. Null if ours was done before. */
export async function giveWay(run: RunContext, record: RunRecord, own: TrainingTask): Promise<RunRecord | null> {
  const ended = await stopAndSee(run, own.id);
  if (ended?.status === 'DONE') return null;
  const over = [...record.over, own.id];
  return writeRunRecord(run.store, run.id, { ...record, over, request: 'refused', taskId: null });
}
