import { setTimeout as sleep } from 'node:timers/promises';
import type { TrainingTask } from '../../contracts/trainer-reports.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { isPassedOver, isUnderWay } from './own-task.ts';

/** How often it is looked whether a training begins. */
export interface BeginPace {
  readonly looks: number;
  readonly everyMs: number;
}

/** A server that has nothing to do takes the next training within a moment; half a minute is no moment. */
export const BEGIN_PACE: BeginPace = { looks: 30, everyMs: 1000 };

/** Where it is looked. */
interface Place {
  readonly trainer: Trainer;
  readonly signal: AbortSignal;
}

/**
 * Whether a training that is only submitted will never run: its server has passed it over, or does not take it although
 * nothing runs. Comes back at once where something runs.
 */
export async function neverBegins({ trainer, signal }: Place, id: string, pace: BeginPace): Promise<boolean> {
  for (let looks = 0; ; looks++) {
    const tasks = await trainer.trainings(signal);
    const task = tasks.find((one) => one.id === id);
    if (task?.status !== 'SUBMITTED') return false;
    if (isPassedOver(tasks, task)) return true;
    if (tasks.some(({ status }) => status === 'RUNNING')) return false;
    if (looks >= pace.looks) return true;
    await sleep(pace.everyMs, undefined, { signal });
  }
}

/** The first training of a model that runs or will run; null for none. */
export async function trainingUnderWay(
  { model, ...place }: Place & { readonly model: string },
  pace: BeginPace = BEGIN_PACE,
): Promise<TrainingTask | null> {
  const tasks = await place.trainer.trainings(place.signal);
  for (const task of tasks) {
    if (task.model !== model || !isUnderWay(task)) continue;
    if (task.status === 'RUNNING' || !(await neverBegins(place, task.id, pace))) return task;
  }
  return null;
}
