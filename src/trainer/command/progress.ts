import { z } from 'zod';
import type { TrainStats } from '../../contracts/trainer-reports.ts';
import type { CommandRun } from './run-folder.ts';

/** What a program prints after an epoch; `docs/trainers.md` is the contract. */
const progressLine = z.object({
  epoch: z.int().min(1),
  totalEpochs: z.int().min(1),
  metric: z.number().nullish(),
  metricName: z.string().min(1).max(100).nullish(),
  best: z.number().nullish(),
});

/** How far a program is by the lines that it has printed so far. */
export const progressShape = z.object({
  newest: progressLine,
  /** The highest metric; null where no line had one. */
  highest: z.number().nullable(),
});

export type Progress = z.infer<typeof progressShape>;

/** Progress after one more line of output, which may be any; null before the first progress line. */
export function afterLine(before: Progress | null, line: string): Progress | null {
  const newest = line.startsWith('{') ? progressLine.safeParse(jsonOrNull(line)).data : undefined;
  if (newest === undefined) return before;
  const metrics = [before?.highest, newest.metric].flatMap((value) => value ?? []);
  return { newest, highest: metrics.length === 0 ? null : Math.max(...metrics) };
}

/** How far a run is; null before its first progress line. Without a `best` of its own it is the highest metric. */
export function statsOf({ claim, status }: CommandRun, progress: Progress | null): TrainStats | null {
  if (progress === null) return null;
  const { newest, highest } = progress;
  return {
    startedAtSeconds: Date.parse(claim.claimedAt) / 1000,
    epoch: newest.epoch,
    totalEpochs: newest.totalEpochs,
    ended: status === 'DONE',
    metricName: highest === null ? null : (newest.metricName ?? 'metric'),
    metric: newest.metric ?? null,
    bestMetric: newest.best ?? highest,
  };
}

/** What a text says as JSON; null for any other text. */
export function jsonOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
