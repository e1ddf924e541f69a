import { MaskloopError } from '../contracts/error.ts';
import type { TrainingTask } from '../contracts/trainer-reports.ts';
import type { MonaiLabel } from '../monai/monai.ts';
import type { StopAnswer } from './trainer.ts';

/** Whether the training that runs is through with its last epoch: MONAI Label then ends it within seconds. */
async function isThrough(monai: MonaiLabel, { model, details }: TrainingTask, signal?: AbortSignal): Promise<boolean> {
  if (details.length === 0) return false;
  const stats = await monai.trainStats(model, signal);
  if (stats === null || !stats.ended) return false;
  // The statistics may be those of the run before; the log tells which epoch this run is in.
  return details.some((line) => line.includes(`Epoch[${stats.totalEpochs}] `));
}

/**
 * Stops a training of MONAI Label, whose only means is a DELETE that kills whatever runs. So it is sent only if the
 * list, read directly before, has ours as the one that runs, and not once ours is about to end by itself, which is when
 * the next one would take its place. The answer names what was killed; what remains is the time of one request.
 *
 * @throws MaskloopError `WrongTrainingStopped` if it was another one; `MonaiUnreachable`, `MonaiUnexpectedAnswer`
 */
export async function stopMonaiTraining(monai: MonaiLabel, id: string, signal?: AbortSignal): Promise<StopAnswer> {
  const before = (await monai.trainings(signal)).find((task) => task.id === id);
  if (before?.status === 'RUNNING' && (await isThrough(monai, before, signal))) return 'ending';
  const all = await monai.trainings(signal);
  const own = all.find((task) => task.id === id);
  if (own?.status !== 'SUBMITTED' && own?.status !== 'RUNNING') return 'ended';
  if (all.find(({ status }) => status === 'RUNNING')?.id !== id) return 'waits';
  const killed = await monai.stopRunningTraining(signal);
  if (killed === null) return 'ended';
  if (killed === id) return 'told';
  const whose = all.find((task) => task.id === killed);
  throw new MaskloopError(
    'WrongTrainingStopped',
    `Training ${killed} (${whose?.name ?? 'without a name'}) was stopped instead of ${own.name ?? id}, which ended in that moment.`,
    { facts: { stopped: killed, name: whose?.name ?? null, meant: id } },
  );
}
