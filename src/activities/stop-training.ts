import { setTimeout as sleep } from 'node:timers/promises';
import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { BEGIN_PACE, neverBegins } from './training/never-begins.ts';
import { isPassedOver, isUnderWay } from './training/own-task.ts';
import { runContext } from './training/run-context.ts';

/** A training that waits behind others may take its time; a further try of the activity goes on looking. */
const LOOKS = 120;
const LOOK_EVERY_MS = 1000;

/**
 * Stops the iteration's own training, under whichever request it runs, and sees it ended; no other is touched. One that
 * was submitted and will never run has ended already.
 *
 * @throws MaskloopError `TrainingBusy` if it has not ended after so many looks
 */
export function createStopTraining(
  { connect, store }: Pick<ActivityDependencies, 'connect' | 'store'>,
  { looks: most, lookEveryMs, begin } = { looks: LOOKS, lookEveryMs: LOOK_EVERY_MS, begin: BEGIN_PACE },
): IterationActivities['stopTraining'] {
  return durable(async (args, running) => {
    const { trainer, runName } = runContext({ connect, store }, args, running);
    const { signal } = running;
    let told: string | null = null;
    for (let looks = 0; looks < most; looks++) {
      const tasks = await trainer.trainings(signal);
      const own = tasks.find((task) => task.name === runName && isUnderWay(task) && !isPassedOver(tasks, task));
      if (own === undefined) return;
      const answer = told === own.id ? null : await trainer.stopTraining(own.id, signal);
      if (answer === 'told') told = own.id;
      if (answer === 'waits' && (await neverBegins({ trainer, signal }, own.id, begin))) return;
      await sleep(lookEveryMs, undefined, { signal });
    }
    throw new MaskloopError(
      'TrainingBusy',
      `Training ${runName} waits behind another one, and cannot be stopped yet.`,
      {
        facts: { run: runName },
      },
    );
  });
}
