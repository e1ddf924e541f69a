import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { TaskRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { readPreannotations } from './expected-shapes.ts';
import { contentOf, foreignContent } from './task-content.ts';

/**
 * An import leaves the state of jobs as it is: into completed ones it would put shapes that nobody has looked at, and
 * they would count as final.
 */
async function requireNewJobs(cvat: Cvat, task: TaskRef, signal: AbortSignal): Promise<void> {
  const jobs = await cvat.jobs(task.taskId, { type: 'annotation', signal });
  const begun = jobs.filter(({ state, stage }) => state !== 'new' || stage !== 'annotation');
  if (begun.length === 0) return;
  const shown = begun.slice(0, 20).map(({ id, stage, state }) => ({ job: id, stage, state }));
  throw new MaskloopError('JobsStarted', `${begun.length} of ${jobs.length} jobs of ${task.url} are no longer new.`, {
    facts: { task: task.taskId, url: task.url, jobs: shown },
  });
}

/**
 * Refuses a task that holds shapes which are not ours, and notes which import into it was the newest: that a later
 * one exists tells a further try that the import was made, even when people have changed its shapes since.
 */
export function createGuardTask({ connect, store }: ActivityDependencies): IterationActivities['guardTask'] {
  return durable(async ({ input, task, dataset }, { signal }) => {
    const { cvat } = connect(input.connection);
    const { shapes: expected, ...left } = await readPreannotations(store, cvat, { task, dataset }, signal);
    const previous = await cvat.importRequest(task.taskId, signal);
    const held = await cvat.taskAnnotations(task.taskId, signal);
    const content = contentOf(held, expected, left.leftOut);
    if (content === 'people' || content === 'other') throw foreignContent(cvat, task.taskId, held, expected.length);
    if (content === 'nothing') await requireNewJobs(cvat, task, signal);
    const leftOut = { frames: left.deletedFrames.length, shapes: left.leftOut.length };
    return { holds: content, previousImport: previous?.createdAt ?? null, leftOut };
  });
}
