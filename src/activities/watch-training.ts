import { setTimeout as sleep } from 'node:timers/promises';
import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { ModelRef, TrainingRef } from '../contracts/training.ts';
import type { Trainer, TrainingTask, TrainStats } from '../trainer/trainer.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { requireTrainer } from './training-of.ts';

/** A training lasts minutes to hours; a look costs MONAI Label nothing worth mentioning. */
const LOOK_EVERY_MS = 1000;

/** The trainer's statistics, if they are of our run and not of the one before. */
function ownStats(stats: TrainStats | null, { previousRunStart }: TrainingRef): TrainStats | null {
  return stats === null || stats.startedAtSeconds === previousRunStart ? null : stats;
}

function metricOf(stats: TrainStats | null): ModelRef['trainerMetric'] {
  if (stats?.metricName == null || stats.bestMetric === null) return null;
  return { name: stats.metricName, value: stats.bestMetric };
}

/** The task, still under way or done. Any other end is an error that tells why. */
function checked(task: TrainingTask | undefined, training: TrainingRef): TrainingTask {
  const facts = { task: training.taskId, run: training.runName, model: training.model };
  if (task === undefined) {
    throw new MaskloopError(
      'TrainingVanished',
      `MONAI Label no longer knows training ${training.taskId} (run ${training.runName}); it may have been restarted.`,
      { facts },
    );
  }
  const output = task.details.join('\n').slice(-2000);
  if (task.status === 'ERROR') {
    throw new MaskloopError(
      'TrainingFailed',
      `Training ${training.runName} ended with an error: ${task.details.at(-1) ?? 'no output'}`,
      {
        facts: { ...facts, output },
      },
    );
  }
  if (task.status === 'STOPPED') {
    throw new MaskloopError('TrainingStopped', `Training ${training.runName} was stopped.`, {
      facts: { ...facts, output },
    });
  }
  return task;
}

async function report(trainer: Trainer, training: TrainingRef, status: string, running: Running): Promise<void> {
  const stats = ownStats(await trainer.trainStats(training.model, running.signal), training);
  const metric = metricOf(stats);
  running.report({
    phase: 'training',
    status,
    epoch: stats?.epoch ?? null,
    totalEpochs: stats?.totalEpochs ?? null,
    metric: metric === null ? null : { name: metric.name, best: metric.value },
  });
}

/** Whatever is published after ours has ended is ours, unless another training of the model was submitted later. */
function requireLatest(tasks: readonly TrainingTask[], training: TrainingRef): void {
  const own = tasks.findIndex(({ id }) => id === training.taskId);
  const later = tasks.slice(own + 1).find(({ model, status }) => model === training.model && status !== 'ERROR');
  if (later === undefined || later.status === 'SUBMITTED') return;
  throw new MaskloopError(
    'ModelReplaced',
    `Training ${later.id} of model "${training.model}" began after ours (${training.runName}) and may have published over it.`,
    { facts: { model: training.model, ours: training.taskId, later: later.id } },
  );
}

async function published(trainer: Trainer, training: TrainingRef, signal: AbortSignal): Promise<ModelRef> {
  const model = await trainer.publishedModel(training.model, signal);
  if (model === null) {
    throw new MaskloopError(
      'TrainingFailed',
      `Training ${training.runName} is done, but model "${training.model}" was never published.`,
      {
        facts: { run: training.runName, model: training.model },
      },
    );
  }
  const stats = ownStats(model.stats, training);
  return { model: training.model, checksum: model.checksum, epochs: stats?.epoch ?? 0, trainerMetric: metricOf(stats) };
}

/** Follows the training to its end, with epoch and metric in the heartbeats. */
export function createWatchTraining({ connect }: ActivityDependencies): IterationActivities['watchTraining'] {
  return durable(async ({ input, training }, running) => {
    const { signal } = running;
    const trainer = requireTrainer(connect(input.connection), input.connection);
    for (;;) {
      const tasks = await trainer.trainings(signal);
      const { status } = checked(
        tasks.find(({ id }) => id === training.taskId),
        training,
      );
      if (status === 'DONE') {
        requireLatest(tasks, training);
        return published(trainer, training, signal);
      }
      await report(trainer, training, status, running);
      await sleep(LOOK_EVERY_MS, undefined, { signal });
    }
  });
}
