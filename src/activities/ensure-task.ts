import type { ForIteration, IterationInput } from '../contracts/iteration.ts';
import type { IterationActivities } from '../contracts/activities.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import { namedPeople } from '../contracts/named-people.ts';
import { isOnlyObserved } from '../contracts/only-observed.ts';
import type { Cvat, Task } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { toRanges } from '../contracts/ranges.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { ensureProject } from './ensure-project.ts';
import { fillTask } from './fill-task.ts';
import { requireHeldOutTask } from './gate/find-held-out-task.ts';
import { begunUpload, filesSent } from './image-upload.ts';
import { requireFrames } from './require-frames.ts';
import { requireSameImages } from './require-same-images.ts';
import { requireUnforgotten } from './withdrawal/require-unforgotten.ts';
import { adoptTask } from './adopt-task.ts';
import { peopleByName } from './people-by-name.ts';

/** CVAT numbers the jobs of a task in a row; where it did not, their number has to do. */
const MOST_RANGES = 200;

/** The task with its frames, adopted or made. */
async function ensureFilledTask(
  { cvat, store }: { cvat: Cvat; store: ArtifactStore },
  projectId: number,
  args: ForIteration,
  running: Running,
): Promise<{ task: Task; created: boolean }> {
  const { id, input } = args;
  const { signal } = running;
  const found = await adoptTask({ cvat, store }, projectId, args, signal);
  if (found !== null && (found.size > 0 || isOnlyObserved(input))) {
    const created = found.bugTracker === id;
    if (created) await requireUploaded({ cvat, store }, found.id, input, signal);
    if (input.images !== null && !isOnlyObserved(input)) {
      const where = { connection: input.connection, taskId: found.id };
      await requireSameImages({ cvat, store }, where, input.images, signal);
    }
    return { task: found, created };
  }
  if (isOnlyObserved(input) || (input.images === null && input.share === null)) {
    throw new MaskloopError('TaskNotFound', `Project "${input.project}" has no task named "${input.task}".`, {
      facts: { project: input.project, task: input.task },
    });
  }
  if (input.images !== null) await requireUnforgotten(store, input.images, signal);
  if (found !== null && (await goOnFilling({ cvat, store, taskId: found.id }, input, running))) {
    return { task: await cvat.getTask(found.id, signal), created: true };
  }
  const { task: name, segmentSize } = input;
  const made = await cvat.createTask({ name, projectId, bugTracker: id, segmentSize }, signal);
  await fillTask({ cvat, store, taskId: made.id }, input, running);
  if (input.images !== null) await requireFrames({ cvat, store }, made.id, input.images, signal);
  return { task: await cvat.getTask(made.id, signal), created: true };
}

/** What was uploaded in several tries has become the frames that it holds. */
async function requireUploaded(
  { cvat, store }: { cvat: Cvat; store: ArtifactStore },
  taskId: number,
  { connection, images }: IterationInput,
  signal: AbortSignal,
): Promise<void> {
  if (images === null) return;
  const where = { connection, taskId };
  const begun = await begunUpload({ cvat, store }, where, images);
  if (begun === null && (await filesSent({ cvat, store }, where, images)) === null) return;
  await requireFrames({ cvat, store }, taskId, images, signal);
}

/** Goes on with an upload that broke; false where CVAT has lost it and the task, which never had frames, was deleted. */
async function goOnFilling(
  filling: { cvat: Cvat; store: ArtifactStore; taskId: number },
  input: IterationInput,
  running: Running,
): Promise<boolean> {
  const { cvat, taskId } = filling;
  try {
    await fillTask(filling, input, running);
  } catch (error) {
    if (!isMaskloopError(error, 'TaskCreationFailed') || (await cvat.getTask(taskId)).size > 0) throw error;
    await cvat.deleteTask(taskId, running.signal);
    return false;
  }
  if (input.images !== null) await requireFrames(filling, taskId, input.images, running.signal);
  return true;
}

/** Finds the project and the task, or makes what may be made. */
export function createEnsureTask({ connect, store }: ActivityDependencies): IterationActivities['ensureTask'] {
  return durable(async (args, running) => {
    const { signal } = running;
    const { cvat } = connect(args.input.connection);
    // A misspelt name comes out before people begin.
    await peopleByName(cvat, namedPeople(args.input), signal);
    await requireHeldOutTask({ cvat, store, input: args.input, signal });
    const project = await ensureProject({ cvat, store }, args.input, signal);
    const { task, created } = await ensureFilledTask({ cvat, store }, project.id, args, running);
    const jobs = await cvat.jobs(task.id, { type: 'annotation', signal });
    const jobIds = toRanges(jobs.map(({ id }) => id));
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
      ...(jobIds.length > MOST_RANGES ? {} : { jobIds }),
      organizationId: task.organizationId,
      cvatVersion: await cvat.version(signal),
    };
  });
}
