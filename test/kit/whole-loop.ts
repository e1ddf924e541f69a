import { setTimeout as sleep } from 'node:timers/promises';
import { createTurnActivities } from '../../src/activities/training-turns.ts';
import { statusQuery } from '../../src/contracts/messages.ts';
import type { TaskRef } from '../../src/contracts/refs.ts';
import { TASK_QUEUES } from '../../src/contracts/task-queues.ts';
import { iterationStanding } from '../../src/operations/loops/iteration-standing.ts';
import { createOperations, type Operations } from '../../src/operations/operations.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { completeJobs, draw } from './annotate.ts';
import type { LoopSite } from './loop-site.ts';
import { realTurns } from './real-turns.ts';
import type { DevServer } from './temporal/dev-server.ts';
import { withRig } from './temporal/rig.ts';

/** Runs a body with a worker whose activities are real. */
export async function withLoopWorker(
  temporal: DevServer,
  site: LoopSite,
  body: (operations: Operations) => Promise<void>,
): Promise<void> {
  const { client } = temporal.env;
  const connect = () => ({ cvat: site.cvat, monai: site.monai, trainer: monaiTrainer(site.monai) });
  const activities = {
    ...site.activities,
    ...createTurnActivities({ connect, turns: realTurns(client), lookEveryMs: 200 }),
    ...site.loopActivities(async (id) => iterationStanding(client, id)),
  };
  await withRig(temporal, { activities, taskQueue: TASK_QUEUES.iterations }, async () =>
    body(createOperations({ client, store: site.store })),
  );
}

/** Looks until it is as wanted. @throws Error with what was seen last, after a minute */
export async function until<T>(look: () => Promise<T>, isIt: (seen: T) => boolean): Promise<T> {
  let seen = await look();
  for (let looks = 0; looks < 600 && !isIt(seen); looks += 1) {
    await sleep(100);
    seen = await look();
  }
  if (!isIt(seen)) throw new Error(`it never came there: ${JSON.stringify(seen)}`);
  return seen;
}

/** Waits until people are waited for in the task of an iteration. */
export async function taskForPeople(temporal: DevServer, id: string): Promise<TaskRef> {
  const handle = temporal.env.client.workflow.getHandle(id);
  const look = async () => handle.query(statusQuery).catch(() => null);
  const waiting = await until(look, (status) => status?.waitingFor === 'people' && status.step === 'wait');
  const task = waiting?.results.task;
  if (task === undefined) throw new Error(`${id} has no task`);
  return task;
}

/** Waits until people are waited for in the task of an iteration, then does their work. */
export async function annotate(temporal: DevServer, site: LoopSite, id: string): Promise<void> {
  const task = await taskForPeople(temporal, id);
  await draw(site, task);
  await completeJobs(site, task.taskId);
}
