import { MaskloopError } from '../../contracts/error.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { TaskRef } from '../../contracts/refs.ts';
import { iterationId } from '../../contracts/ids.ts';
import type { Cvat, Label } from '../../cvat/cvat.ts';
import { filledTask } from '../adopt-task.ts';

/** Project and task as they are found; null for what would have to be made. */
export interface FoundTask {
  readonly projectId: number | null;
  readonly labels: readonly Label[] | null;
  readonly task: TaskRef | null;
}

/**
 * Looks for project and task by exact name and makes nothing.
 *
 * @throws MaskloopError `ProjectNotFound`, `TaskNotFound`, `ProjectAmbiguous`, `TaskAmbiguous` where a start would
 */
export async function findTask(cvat: Cvat, input: IterationInput, signal: AbortSignal): Promise<FoundTask> {
  const project = await cvat.findProject(input.project, signal);
  if (project === null && !input.createProject) {
    throw new MaskloopError('ProjectNotFound', `CVAT has no project named "${input.project}".`, {
      facts: { project: input.project },
    });
  }
  const task = project === null ? null : await filledTask(cvat, project.id, { id: iterationId(input), input }, signal);
  if (task === null && input.images === null && input.share === null) {
    throw new MaskloopError('TaskNotFound', `Project "${input.project}" has no task named "${input.task}".`, {
      facts: { project: input.project, task: input.task },
    });
  }
  if (project === null) return { projectId: null, labels: null, task: null };
  const labels = await cvat.projectLabels(project.id, signal);
  if (task === null) return { projectId: project.id, labels, task: null };
  const jobs = await cvat.jobs(task.id, { type: 'annotation', signal });
  const version = await cvat.version(signal);
  const found = { projectId: project.id, taskId: task.id, url: cvat.taskUrl(task.id), created: false };
  return {
    projectId: project.id,
    labels,
    task: { ...found, frames: task.size, jobs: jobs.length, cvatVersion: version },
  };
}
