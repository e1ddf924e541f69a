import { setTimeout as sleep } from 'node:timers/promises';
import type { IterationActivities } from '../contracts/activities.ts';
import { requireSameSet } from './check-training-set.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { runContext } from './training/run-context.ts';
import { isModel, lookOnce, openWatch, type WatchPace } from './training/run-watch.ts';

/** A training lasts minutes to hours; a look costs a trainer nothing worth mentioning. */
const PACE: WatchPace = { lookMs: 1000, publishedAfterMs: 5000 };

/**
 * Follows the training to its end, with epoch and metric in the heartbeats and in the metrics file. One that its server
 * has forgotten is watched by its statistics, and started again once it is certain that it is dead, on the labels that it began
 * with: a server that was restarted may have come back with others.
 */
export function createWatchTraining(
  { connect, store }: Pick<ActivityDependencies, 'connect' | 'store'>,
  pace: WatchPace = PACE,
): IterationActivities['watchTraining'] {
  return durable(async ({ id, input, training, began, before }, running) => {
    const own = { firstRunId: '', tryNumber: training.tryNumber };
    const context = runContext({ connect, store }, { id, input, ...own }, running);
    const site = { store, trainer: context.trainer, running };
    const beforeRequest = async (): Promise<void> =>
      began === undefined ? undefined : requireSameSet(id, began, site);
    const run = { ...context, beforeRequest, runName: training.runName, before };
    for (let watch = await openWatch(run, training, { timing: input.timing, pace }); ;) {
      const result = await lookOnce(watch);
      if (isModel(result)) return result;
      watch = result;
      await sleep(pace.lookMs, undefined, { signal: running.signal });
    }
  });
}
