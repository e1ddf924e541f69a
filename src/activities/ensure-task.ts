import type { ForIteration, IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { Cvat, Project, Task } from '../cvat/cvat.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { fillTask } from './fill-task.ts';

async function ensureProject(
  { store }: ActivityDependencies,
  cvat: Cvat,
  { input }: ForIteration,
  signal: AbortSignal,
): Promise<Project> {
  const found = await cvat.findProject(input.project, signal);
  if (found !== null) return found;
  if (!input.createProject) {
    throw new MaskloopError('ProjectNotFound', `CVAT has no project named "${input.project}".`, {
      facts: { project: input.project },
    });
  }
  const categories = await categoriesOf(store, input);
  return cvat.createProject({ name: input.project, labels: categories.map(({ name }) => name) }, signal);
}

/** A task without frames that carries our key is the remainder of an earlier try. */
function isOurRemainder(task: Task, id: string): boolean {
  return task.size === 0 && task.bugTracker === id;
}

/**
 * The task with its frames. A remainder of an earlier try is finished or, where only part of its images had
 * arrived, replaced: CVAT appends to files that are sent twice, and a task without frames holds nobody's work.
 */
async function ensureFilledTask(
  cvat: Cvat,
  projectId: number,
  { id, input }: ForIteration,
  running: Running,
): Promise<{ task: Task; created: boolean }> {
  const { signal } = running;
  let task = await cvat.findTask({ projectId, name: input.task }, signal);
  if (task !== null && isOurRemainder(task, id)) {
    if (await cvat.awaitTaskCreation(task.id, { signal })) {
      return { task: await cvat.getTask(task.id, signal), created: true };
    }
    await cvat.deleteTask(task.id, signal);
    task = null;
  }
  if (task !== null) return { task, created: task.bugTracker === id };
  if (input.images === null) {
    throw new MaskloopError('TaskNotFound', `Project "${input.project}" has no task named "${input.task}".`, {
      facts: { project: input.project, task: input.task },
    });
  }
  const made = await cvat.createTask(
    { name: input.task, projectId, bugTracker: id, segmentSize: input.segmentSize },
    signal,
  );
  await fillTask(cvat, made.id, input.images, running);
  return { task: await cvat.getTask(made.id, signal), created: true };
}

/** Finds the project and the task by exact name, or makes what may be made. */
export function createEnsureTask(dependencies: ActivityDependencies): IterationActivities['ensureTask'] {
  return durable(async (args, running) => {
    const { signal } = running;
    const { cvat } = dependencies.connect(args.input.connection);
    const project = await ensureProject(dependencies, cvat, args, signal);
    const { task, created } = await ensureFilledTask(cvat, project.id, args, running);
    const jobs = await cvat.jobs(task.id, { type: 'annotation', signal });
    if (jobs.length === 0) {
      throw new MaskloopError('JobsMissing', `Task ${task.id} "${task.name}" has no annotation job.`, {
        facts: { task: task.id, url: cvat.taskUrl(task.id) },
      });
    }
    return {
      projectId: project.id,
      taskId: task.id,
      url: cvat.taskUrl(task.id),
      created,
      frames: task.size,
      jobs: jobs.length,
      cvatVersion: await cvat.version(signal),
    };
  });
}
