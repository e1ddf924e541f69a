import type { Epoch } from '../learner/train-epochs.ts';
import { clockDuration, epochSeconds } from '../python-time.ts';

interface Measured {
  readonly metrics: Readonly<Record<string, number>>;
  readonly key_metric_name: string;
  readonly best_metric: number;
  readonly best_metric_epoch: number;
}

/** What a trainer writes about its run after each epoch, under the server's own names. */
export interface RunFacts {
  readonly rank: 0;
  readonly current_epoch: number;
  readonly current_iteration: number;
  readonly total_epochs: number;
  readonly total_iterations: number;
  readonly epoch: number;
  /** Start of the run in seconds since 1970. */
  readonly start_ts: number;
  /** Time since the start while epochs remain, `H:MM:SS`. */
  readonly current_time?: string;
  /** The same once the last epoch is done. */
  readonly total_time?: string;
  readonly best_metric: number;
  readonly train: Measured;
  /** Empty without validation images. */
  readonly eval: Measured | Record<string, never>;
}

/** Facts about a run after some of its epochs; `done` holds at least one. Times in milliseconds since 1970. */
export function describeRun(done: readonly Epoch[], totalEpochs: number, startedAt: number, now: number): RunFacts {
  const last = done.at(-1)!;
  const train = measured('train_mean_dice', done, (epoch) => epoch.trainDice);
  const evaluated =
    last.validationDice !== null ? measured('val_mean_dice', done, (epoch) => epoch.validationDice ?? 0) : null;
  const elapsed = clockDuration(now - startedAt);
  return {
    rank: 0,
    current_epoch: last.epoch,
    current_iteration: last.epoch * last.losses.length,
    total_epochs: totalEpochs,
    total_iterations: last.losses.length,
    epoch: last.epoch,
    start_ts: epochSeconds(startedAt),
    ...(last.epoch === totalEpochs ? { total_time: elapsed } : { current_time: elapsed }),
    best_metric: evaluated?.best_metric ?? train.best_metric,
    train,
    eval: evaluated ?? {},
  };
}

/** The value that decides which checkpoint is published. */
export function keyMetric(epoch: Epoch): number {
  return epoch.validationDice ?? epoch.trainDice;
}

function measured(name: string, done: readonly Epoch[], valueOf: (epoch: Epoch) => number): Measured {
  let best = done[0]!;
  for (const epoch of done) if (valueOf(epoch) > valueOf(best)) best = epoch;
  return {
    metrics: { [name]: valueOf(done.at(-1)!) },
    key_metric_name: name,
    best_metric: valueOf(best),
    best_metric_epoch: best.epoch,
  };
}
