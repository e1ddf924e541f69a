import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { Annotations, Cvat } from '../cvat/cvat.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { readPreannotations } from './expected-shapes.ts';
import { contentFacts, contentOf, type Content } from './task-content.ts';

/** People have begun: a job is no longer new, or a shape bears their mark. */
async function peopleBegan(cvat: Cvat, taskId: number, held: Annotations, signal: AbortSignal): Promise<boolean> {
  if (held.shapes.some(({ source }) => source === 'manual' || source === 'semi-auto')) return true;
  const jobs = await cvat.jobs(taskId, { type: 'annotation', signal });
  return jobs.some(({ state }) => state !== 'new');
}

/**
 * Reads the task and compares it with what was sent: a finished request proves nothing. Where people have begun to
 * work on it, differences are theirs unless others have imported something.
 */
export function createVerifyImport({ connect, store }: ActivityDependencies): IterationActivities['verifyImport'] {
  return durable(async ({ input, task, dataset, imported }, { signal }) => {
    if (imported.shapes === 0) return imported;
    const { cvat } = connect(input.connection);
    const { shapes: expected, leftOut } = await readPreannotations(store, cvat, { task, dataset }, signal);
    const held = await cvat.taskAnnotations(task.taskId, signal);
    const content: Content = contentOf(held, expected, leftOut);
    if (content === 'ours') return imported;
    if (content !== 'other' && (await peopleBegan(cvat, task.taskId, held, signal))) return imported;
    throw new MaskloopError(
      'ImportNotVerified',
      `Task ${task.taskId} (${task.url}) holds ${held.shapes.length} shapes that differ from the ${imported.shapes} sent.`,
      { facts: { task: task.taskId, url: task.url, sent: imported.shapes, ...contentFacts(held) } },
    );
  });
}
