import { setTimeout as sleep } from 'node:timers/promises';
import type { IterationActivities } from '../contracts/activities.ts';
import type { Trainer, TrainingTask } from '../trainer/trainer.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { runName } from './run-name.ts';
import { requireTrainer } from './training-of.ts';

/** A training is submitted for up to half a minute before it runs; one that never runs needs no stop. */
const LOOKS = 120;
const LOOK_EVERY_MS = 1000;

/**
 * Whether a training is the one that the server would kill: it runs, and none that was submitted before it does.
 * A queue runs one at a time, and a training that is only submitted cannot be stopped.
 */
function wouldBeKilled(own: TrainingTask, all: readonly TrainingTask[]): boolean {
  const running = all.filter(({ status }) => status === 'RUNNING');
  return own.status === 'RUNNING' && running[0]?.id === own.id;
}

async function isEnded(trainer: Trainer, name: string, signal: AbortSignal): Promise<boolean> {
  const all = await trainer.trainings(signal);
  const own = all.find((task) => task.name === name && (task.status === 'SUBMITTED' || task.status === 'RUNNING'));
  if (own === undefined) return true;
  if (wouldBeKilled(own, all)) await trainer.stopRunningTraining(signal);
  return false;
}

/**
 * Stops the iteration's own training and sees it ended. MONAI Label can only kill whatever runs, so it is asked what
 * that is first.
 */
export function createStopTraining({ connect }: ActivityDependencies): IterationActivities['stopTraining'] {
  return durable(async ({ id, input, firstRunId, tryNumber }, { signal }) => {
    const trainer = requireTrainer(connect(input.connection), input.connection);
    const name = runName(id, { firstRunId, tryNumber });
    for (let looks = 0; looks < LOOKS; looks++) {
      if (await isEnded(trainer, name, signal)) return;
      await sleep(LOOK_EVERY_MS, undefined, { signal });
    }
  });
}
