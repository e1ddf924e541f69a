import type { IterationActivities } from '../contracts/activities.ts';
import type { TrainingRef } from '../contracts/training.ts';
import type { Trainer } from '../trainer/trainer.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { runName } from './run-name.ts';
import { requireTrainer, trainingOf } from './training-of.ts';

type Before = Pick<TrainingRef, 'submittedAt' | 'previousRunStart'>;

/** What an earlier try noted before it sent its request; null if it never came so far. */
function notedBefore({ lastReport }: Running): Before | null {
  if (typeof lastReport !== 'object' || lastReport === null) return null;
  if (!('submittedAt' in lastReport) || !('previousRunStart' in lastReport)) return null;
  const { submittedAt, previousRunStart } = lastReport;
  if (typeof submittedAt !== 'string') return null;
  return { submittedAt, previousRunStart: typeof previousRunStart === 'number' ? previousRunStart : null };
}

async function noteBefore(trainer: Trainer, model: string, { signal, report }: Running): Promise<Before> {
  const stats = await trainer.trainStats(model, signal);
  const before = { submittedAt: new Date().toISOString(), previousRunStart: stats?.startedAtSeconds ?? null };
  report({ phase: 'training request', ...before });
  return before;
}

/**
 * Starts the training under the iteration's run name. MONAI Label would accept a second one beside it, so what an
 * earlier try started is looked for first, and joined whatever has become of it.
 */
export function createStartTraining({ connect }: ActivityDependencies): IterationActivities['startTraining'] {
  return durable(async ({ id, input, firstRunId, tryNumber }, running) => {
    const trainer = requireTrainer(connect(input.connection), input.connection);
    const { model, maxEpochs } = trainingOf(input);
    const name = runName(id, { firstRunId, tryNumber });
    const noted = notedBefore(running);
    const mine = (await trainer.trainings(running.signal)).find((task) => task.name === name);
    if (mine !== undefined) {
      const before = noted ?? { submittedAt: new Date().toISOString(), previousRunStart: null };
      return { model, taskId: mine.id, runName: name, tryNumber, ...before, joined: true };
    }
    const before = noted ?? (await noteBefore(trainer, model, running));
    const task = await trainer.startTraining(model, { name, maxEpochs }, running.signal);
    return { model, taskId: task.id, runName: name, tryNumber, ...before, joined: false };
  });
}
