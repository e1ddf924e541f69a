import { open, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { TrainStats } from '../trainer.ts';
import { codeOf, inFolder, readOrNull, writeWhole } from './folder.ts';
import type { CommandRun } from './run-folder.ts';

/** A program may write without end; what is older than its last megabyte is dropped. */
const MAX_BYTES = 4 * 1024 * 1024;
const KEPT_BYTES = 1024 * 1024;
const LAST_LINES = 20;

const progressLine = z.object({
  epoch: z.int().min(1),
  totalEpochs: z.int().min(1),
  metric: z.number().nullish(),
  metricName: z.string().min(1).max(100).nullish(),
  best: z.number().nullish(),
});

async function lastBytes(path: string, bytes: number): Promise<Buffer> {
  const size = (await stat(path)).size;
  const file = await open(path, 'r');
  try {
    const length = Math.min(size, bytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * The end of what a program has printed, on both outputs. A file that has grown large is cut: the program appends to it,
 * so it goes on at its new end; what it prints in that moment may be lost.
 */
export async function readOutput(folder: string): Promise<readonly string[]> {
  const path = join(folder, 'output.log');
  const before = join(folder, 'output.before.log');
  const end = await inFolder(path, async () => {
    try {
      if ((await stat(path)).size > MAX_BYTES) {
        await writeWhole(before, await lastBytes(path, KEPT_BYTES));
        await truncate(path, 0);
      }
      return await lastBytes(path, KEPT_BYTES);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return Buffer.alloc(0);
      throw error;
    }
  });
  const older = end.length < KEPT_BYTES ? await readOrNull(before) : null;
  return Buffer.concat([older ?? Buffer.alloc(0), end])
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** The last lines as people read them. */
export function lastLinesOf(lines: readonly string[]): readonly string[] {
  return lines.slice(-LAST_LINES);
}

/** How far a run is by its newest progress line; null before the first. Without a `best` of its own it is the highest metric. */
export function statsOf({ claim, status }: CommandRun, lines: readonly string[]): TrainStats | null {
  const points = lines.flatMap((line) =>
    line.startsWith('{') ? (progressLine.safeParse(jsonOr(line)).data ?? []) : [],
  );
  const last = points.at(-1);
  if (last === undefined) return null;
  const values = points.flatMap(({ metric }) => metric ?? []);
  return {
    startedAtSeconds: Date.parse(claim.claimedAt) / 1000,
    epoch: last.epoch,
    totalEpochs: last.totalEpochs,
    ended: status === 'DONE',
    metricName: values.length === 0 ? null : (last.metricName ?? 'metric'),
    metric: last.metric ?? null,
    bestMetric: last.best ?? (values.length === 0 ? null : Math.max(...values)),
  };
}

function jsonOr(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
