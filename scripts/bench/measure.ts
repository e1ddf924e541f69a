import { join } from 'node:path';
import { z } from 'zod';
import { PYTHON, run } from './python.ts';

const takenSchema = z.object({ wall: z.number(), cpu: z.number(), peakMiB: z.number() });

/** What a command took: seconds of wall and CPU, and its highest resident memory in MiB. */
export type Taken = z.infer<typeof takenSchema>;

/** Runs a command in a folder, its start-up included, as a process of its own. */
export function measure(folder: string, command: readonly string[]): Taken {
  const script = join(import.meta.dirname, 'measure.py');
  return takenSchema.parse(JSON.parse(run(PYTHON, [script, folder, ...command], 'A measured command failed:')));
}
