import { MaskloopError } from '../../contracts/error.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { TrainingTask, TrainStats } from '../../contracts/trainer-reports.ts';
import { keepForeignModel } from '../gate/keep-foreign-model.ts';
import { keepPublished } from '../gate/published-model.ts';
import { stopAndSee } from './give-way.ts';
import { hasOurLength } from './own-stats.ts';
import { mayStartAgain } from './own-publication.ts';
import type { RunContext } from './run-context.ts';
import { writeRunRecord, type RunRecord } from './run-record.ts';
import { submitRun } from './submit-run.ts';

/** More than this is no accident. */
const MAX_RESTARTS = 3;

/**
 * Starts a run again that is dead, under the same name, so that it goes on from its own checkpoint. That it is dead is
 * noted first: a crash in between leaves a request that is known not to run.
 *
 * @param seen.epoch the last one that it was seen to reach
 * @throws MaskloopError `TrainingVanished` when that has been done too often, and as {@link sendAgain}
 */
export async function startAgain(
  run: RunContext,
  record: RunRecord,
  { tasks, epoch }: { readonly tasks: readonly TrainingTask[]; readonly epoch: number },
): Promise<RunRecord> {
  const { model, runName, restarts, taskId, ownStart } = record;
  if (restarts >= MAX_RESTARTS) {
    throw new MaskloopError('TrainingVanished', `Training ${runName} was lost ${restarts + 1} times.`, {
      facts: { run: runName, model, task: taskId, restarts },
    });
  }
  const lost = ownStart === null ? record.lost : [...record.lost, { start: ownStart, epoch }];
  const over = taskId === null ? record.over : [...record.over, taskId];
  const noted = { ...record, lost, over, restarts: restarts + 1, request: 'refused', taskId: null } as const;
  return sendAgain(run, await writeRunRecord(run.store, run.id, noted), tasks);
}

/**
 * Requests a run again of which it is known that it does not run: from the model that was measured before it, or from a
 * checkpoint of its own. What else is published is somebody else's, and would be lost.
 *
 * @throws MaskloopError `ModelChanged`, and what a request throws
 */
export async function sendAgain(
  run: RunContext,
  record: RunRecord,
  tasks: readonly TrainingTask[],
): Promise<RunRecord> {
  const { trainer, model, maxEpochs, before, running } = run;
  const site = { ...run, signal: running.signal };
  return submitRun(run, record, tasks, async (published) => {
    const checksum = published?.checksum ?? null;
    if (checksum === before) return;
    const stats = await trainer.trainStats(model, running.signal);
    const isOwn = mayStartAgain({ published, stats, tasks, record, maxEpochs }, before);
    // Clocks may deceive; what is about to be published over is kept in any case.
    const keep = isOwn ? keepPublished : keepForeignModel;
    const file = checksum === null ? null : await keep(site, checksum, run.id);
    if (!isOwn) throw changedMeanwhile(run, record, checksum, file);
  });
}

function changedMeanwhile(
  { model, runName, ...run }: RunContext,
  { previousChecksum }: RunRecord,
  published: string | null,
  file: ArtifactRef | null,
): MaskloopError {
  const before = run.before === undefined ? previousChecksum : run.before;
  const kept = file === null ? '' : `, which is kept as ${file.uri}`;
  return new MaskloopError(
    'ModelChanged',
    `Training ${runName} was lost, and is not started again: the trainer now publishes ${published ?? 'nothing'} as "${model}"${kept}; what was measured before the training is ${before ?? 'nothing'}.`,
    { facts: { model, run: runName, expected: before, published, file: file && { ...file } } },
  );
}

/** The run that was taken for dead and has gone on since, by its start; null if none has. */
export function livesAgain(
  record: Pick<RunRecord, 'lost' | 'ownEpochs'>,
  stats: TrainStats | null,
  maxEpochs: number | null,
): number | null {
  if (stats === null || !hasOurLength(stats, record, maxEpochs)) return null;
  const moved = record.lost.find(({ start, epoch }) => start === stats.startedAtSeconds && stats.epoch > epoch);
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
