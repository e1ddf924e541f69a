import { setTimeout as sleep } from 'node:timers/promises';
import type { IterationActivities } from '../contracts/activities.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { isUnderWay } from './training/own-task.ts';
import { runContext } from './training/run-context.ts';

/** A training that waits behind others may take its time; one that never begins needs no stop. */
const LOOKS = 120;
const LOOK_EVERY_MS = 1000;

/** Stops the iteration's own training, under whichever request it runs, and sees it ended; no other is touched. */
export function createStopTraining({
  connect,
  store,
}: Pick<ActivityDependencies, 'connect' | 'store'>): IterationActivities['stopTraining'] {
  return durable(async (args, running) => {
    const { trainer, runName } = runContext({ connect, store }, args, running);
    let told: string | null = null;
    for (let looks = 0; looks < LOOKS; looks++) {
      const tasks = await trainer.trainings(running.signal);
      const own = tasks.find((task) => task.name === runName && isUnderWay(task));
      if (own === undefined) return;
      if (told !== own.id && (await trainer.stopTraining(own.id, running.signal)) === 'told') told = own.id;
      await sleep(LOOK_EVERY_MS, undefined, { signal: running.signal });
    }
  });
}
