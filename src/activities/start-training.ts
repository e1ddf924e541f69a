import type { IterationActivities } from '../contracts/activities.ts';
import { requireSameSet } from './check-training-set.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { runName } from './run-name.ts';
import { stopAndSee } from './training/give-way.ts';
import { isUnderWay } from './training/own-task.ts';
import { runContext, type RunContext } from './training/run-context.ts';
import { findOrSubmit } from './training/submit-run.ts';

/** Trainings of earlier tries that still run were given up by whoever asked for this one. */
async function stopEarlierTries(run: RunContext, firstRunId: string, tryNumber: number): Promise<void> {
  const names = Array.from({ length: tryNumber - 1 }, (_, index) =>
    runName(run.id, { firstRunId, tryNumber: index + 1 }),
  );
  const tasks = await run.trainer.trainings(run.running.signal);
  // One that is only submitted cannot be stopped; the server takes it before ours, if ever.
  const running = tasks.filter((task) => isUnderWay(task) && task.status === 'RUNNING');
  for (const task of running) if (names.includes(task.name ?? '')) await stopAndSee(run, task.id);
}

/**
 * Starts the training under the iteration's run name, or joins what an earlier try started, whatever has become of it.
 * MONAI Label accepts a second one beside it, and forgets all of them when it is restarted, so what is known of the
 * request stands in the store before it is sent.
 */
export function createStartTraining({
  connect,
  store,
}: Pick<ActivityDependencies, 'connect' | 'store'>): IterationActivities['startTraining'] {
  return durable(async ({ id, input, firstRunId, tryNumber, before, began, isAsked = false }, running) => {
    const context = runContext({ connect, store }, { id, input, firstRunId, tryNumber }, running);
    // Since the comparison the server may have been away, and have come back with other labels or none.
    const isLater = began !== undefined && (isAsked || running.attempt > 1);
    const site = { store, trainer: context.trainer, running };
    const beforeRequest = async (): Promise<void> => (isLater ? requireSameSet(id, began, site) : undefined);
    const run: RunContext = { ...context, before, beforeRequest };
    if (tryNumber > 1) await stopEarlierTries(run, firstRunId, tryNumber);
    const { record, joined } = await findOrSubmit(run);
    const { model, taskId, submittedAt, previousRunStart } = record;
    return { model, taskId: taskId ?? '', runName: run.runName, tryNumber, submittedAt, previousRunStart, joined };
  });
}
