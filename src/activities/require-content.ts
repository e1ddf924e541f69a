import { MaskloopError } from '../contracts/error.ts';
import type { TaskRef } from '../contracts/refs.ts';
import type { WaitTerms } from '../contracts/waiting.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';

/**
 * A task that was filled is not empty when people are done: somebody may have replaced all its annotations by none.
 * Reads job by job, up to the first that holds something.
 *
 * @throws MaskloopError `TaskEmptied`, unless somebody has approved it
 */
export async function requireContent(
  cvat: Cvat,
  { jobs, task, terms }: { readonly jobs: readonly Job[]; readonly task: TaskRef; readonly terms: WaitTerms },
  signal: AbortSignal,
): Promise<void> {
  if (terms.importedShapes === 0 || terms.approved.includes('TaskEmptied')) return;
  for (const { id } of jobs) {
    const { shapes, tracks, tags } = await cvat.jobAnnotations(id, signal);
    if (shapes.length > 0 || tracks > 0 || tags > 0) return;
  }
  throw new MaskloopError(
    'TaskEmptied',
    `All jobs of ${task.url} are completed and hold nothing; ${terms.importedShapes} shapes were put into them.`,
    { facts: { task: task.taskId, url: task.url, importedShapes: terms.importedShapes } },
  );
}
