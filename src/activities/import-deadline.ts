import type { IterationInput } from '../contracts/iteration.ts';

/** An import of 2,500 masks takes CVAT 6 s; one that has not ended after this time has lost its worker. */
const IMPORT_DEADLINE_MS = 30 * 60_000;

/** How long an import may take in CVAT, in milliseconds. */
export function importDeadlineMs({ timing }: Pick<IterationInput, 'timing'>): number {
  return timing.importStuckAfterMs ?? IMPORT_DEADLINE_MS;
}
