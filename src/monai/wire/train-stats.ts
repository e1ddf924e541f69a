import { z } from 'zod';
import type { TrainStats } from '../../contracts/trainer-reports.ts';

/** One engine's best value. MONAI starts it at -1 with epoch -1; the name is null where no key metric is configured. */
const best = z.object({
  key_metric_name: z.string().nullish(),
  best_metric: z.number().nullish(),
  best_metric_epoch: z.int().nullish(),
  metrics: z.record(z.string(), z.unknown()).nullish(),
});

/** `best_metric` beside `eval` is the training's own value where there is no validation, so only `eval` is read. */
const stats = z
  .object({
    start_ts: z.number(),
    epoch: z.int(),
    total_epochs: z.int(),
    current_time: z.string().optional(),
    total_time: z.string().optional(),
    eval: best.optional(),
  })
  .transform((given): TrainStats => {
    const measured = given.eval !== undefined && (given.eval.best_metric_epoch ?? -1) >= 0;
    const elapsedSeconds = secondsOf(given.total_time ?? given.current_time ?? '');
    return {
      startedAtSeconds: given.start_ts,
      ...(elapsedSeconds === null ? {} : { elapsedSeconds }),
      epoch: given.epoch,
      totalEpochs: given.total_epochs,
      ended: given.total_time !== undefined,
      metricName: given.eval?.key_metric_name ?? null,
      metric: measured ? lastValue(given.eval) : null,
      bestMetric: measured ? (given.eval?.best_metric ?? null) : null,
    };
  });

/** A duration as Python writes it, `0:00:07` or `1 day, 0:00:07`, in seconds; null for anything else. */
function secondsOf(duration: string): number | null {
  const parts = /^(?:(\d+) days?, )?(\d+):(\d\d):(\d\d)(?:\.\d+)?$/.exec(duration);
  if (parts === null) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** The key metric after the last epoch. */
function lastValue(engine: z.infer<typeof best> | undefined): number | null {
  const value = engine?.metrics?.[engine.key_metric_name ?? ''];
  return typeof value === 'number' ? value : null;
}

/** Statistics of a trainer; null for the empty object that stands for "never trained". */
export const trainStatsSchema = z
  .unknown()
  .transform((given) => (isEmpty(given) ? null : given))
  .pipe(stats.nullable());

function isEmpty(given: unknown): boolean {
  return given === undefined || (typeof given === 'object' && given !== null && Object.keys(given).length === 0);
}

/** Answer of `GET /info/` for the statistics of one trainer alone. */
export function trainStatsOfSchema(model: string) {
  return z.object({ train_stats: z.object({ [model]: trainStatsSchema.optional() }) });
}
