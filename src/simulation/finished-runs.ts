import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import type { CurvePoint } from './curve.ts';

/** What a loop has come to, whatever its variant was called. */
export type FinishedPoint = Omit<CurvePoint, 'variant' | 'seed'>;

/** Loops of simulations that have ended, by their digest. */
export interface FinishedRuns {
  /** Null for one that is not known. */
  read(digest: string): Promise<readonly FinishedPoint[] | null>;
  write(digest: string, points: readonly FinishedPoint[]): Promise<void>;
}

const measured = z.number().nullable();
const schema = z.object({
  schema: z.literal('maskloop.simulated-loop/1'),
  points: z.array(
    z.object({
      iteration: z.int().min(1),
      frames: z.int().min(0),
      dice: measured,
      agreement: measured,
      corrections: measured,
    }),
  ),
}) satisfies z.ZodType<{ readonly points: readonly FinishedPoint[] }>;

/**
 * Keeps loops in a folder, a file each; a file that cannot be read is as one that is not there.
 *
 * @param isAnew true if none that is there counts
 * @throws (its methods) MaskloopError `OutputNotWritable`
 */
export function finishedRuns(dir: string, isAnew: boolean): FinishedRuns {
  const fileOf = (digest: string): string => join(dir, `${digest}.json`);
  return {
    async read(digest) {
      if (isAnew) return null;
      try {
        const parsed = schema.safeParse(JSON.parse(await readFile(fileOf(digest), 'utf8')));
        return parsed.success ? parsed.data.points : null;
      } catch {
        return null;
      }
    },
    async write(digest, points) {
      const file = fileOf(digest);
      try {
        await mkdir(dir, { recursive: true });
        const kept = points.map(({ iteration, frames, dice, agreement, corrections }) => ({
          iteration,
          frames,
          dice,
          agreement,
          corrections,
        }));
        const document = { schema: 'maskloop.simulated-loop/1', points: kept };
        // Ctrl-C leaves no half of one.
        await writeFile(`${file}.part`, `${JSON.stringify(document, null, 2)}\n`);
        await rename(`${file}.part`, file);
      } catch (error) {
        throw new MaskloopError('OutputNotWritable', `What a loop has come to cannot be written to ${dir}.`, {
          facts: { folder: dir },
          cause: error,
        });
      }
    },
  };
}
