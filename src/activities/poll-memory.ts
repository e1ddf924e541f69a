import { z } from 'zod';
import type { JobsSeen } from '../contracts/progress.ts';
import type { Ranges } from '../contracts/ranges.ts';

export const rangesWire = z.array(z.tuple([z.int(), z.int()])) satisfies z.ZodType<Ranges>;

const shape = z.object({
  phase: z.literal('jobs'),
  failingSince: z.string().nullable(),
  seen: z
    .object({
      completed: rangesWire,
      reopened: rangesWire,
      changedAt: z.string(),
      deletedFrames: rangesWire,
      notes: z.array(z.string()),
    })
    .optional(),
});

/** What the try before knew; it may come from an older worker, and then nothing is known. */
export interface PollMemory {
  /** Since when the reads fail in a row; null while they do not. */
  readonly failingSince: string | null;
  readonly seen: JobsSeen | null;
}

/** Reads the report of the try before. */
export function pollMemory(lastReport: unknown): PollMemory {
  const { data } = shape.safeParse(lastReport);
  return { failingSince: data?.failingSince ?? null, seen: data?.seen ?? null };
}
