import type { CocoDocument } from '../coco/coco.ts';
import type { Category } from '../contracts/categories.ts';
import { isMaskloopError } from '../contracts/error.ts';
import { iterationId } from '../contracts/ids.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import { namedPeople } from '../contracts/named-people.ts';
import { isOnlyObserved } from '../contracts/only-observed.ts';
import type { PlanActivities } from '../contracts/plan.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies, Connection } from './dependencies.ts';
import { durable } from './durable.ts';
import { expectedShapes, type ExpectedShape } from './expected-shapes.ts';
import { inspectTask, type TaskInspection } from './inspect-task.ts';
import { modelTable } from './model-table.ts';
import { peopleByName } from './people-by-name.ts';
import { heldOutLater } from './plan/held-out-later.ts';
import { datasetCounts, plannedDataset } from './plan/planned-dataset.ts';
import { frameCounts, frameNames, requireImages } from './plan/planned-frames.ts';
import { taskParts } from './plan/planned-jobs.ts';
import { plannedLabels, requireLabels, withLabelsOf } from './plan/planned-labels.ts';
import { plannedPrediction } from './plan/planned-prediction.ts';
import { findTask, type FoundTask } from './plan/planned-task.ts';
import { Troubles } from './plan/troubles.ts';
import { modelOfInput } from './prediction-of.ts';
import { requireSameImages } from './require-same-images.ts';
import { requireTrainer } from './training-of.ts';
import { requireUnforgotten } from './withdrawal/require-unforgotten.ts';

interface Looking extends Pick<ActivityDependencies, 'store'> {
  readonly connection: Connection;
  readonly input: IterationInput;
  readonly signal: AbortSignal;
}

/**
 * What an iteration with this input would do: the same checks as an import has before it, without the import. Reads
 * only; what would end in attention is listed with what to do.
 */
export function createPlanIteration(dependencies: ActivityDependencies): PlanActivities['planIteration'] {
  const { connect, store } = dependencies;
  return durable(async ({ input }, running) => {
    const { signal } = running;
    const troubles = new Troubles();
    const connection = connect(input.connection);
    const looking = { connection, store, input, signal };
    const categories = (await troubles.meet(() => categoriesOf(store, input))) ?? [];
    const dataset = await troubles.meet(() => plannedDataset(dependencies, input, categories, running));
    const found = await troubles.meet(() => findTask(connection.cvat, input, signal));
    const modelIndexOf = await troubles.meet(() => modelOf(looking, categories));
    const prediction = await plannedPrediction({ ...looking, categories }, found, troubles);
    const document = dataset?.document ?? null;
    const sent = isOnlyObserved(input) ? null : document;
    const frames = await troubles.meet(() => frameNames({ cvat: connection.cvat, store }, input, found, signal));
    const looked = await troubles.meet(() => lookAtTask(looking, found, sent));
    if (looked !== null && looked.found.trouble !== null) troubles.add(looked.found.trouble);
    await troubles.meet(() => requireLabels(input, categories, found?.labels ?? null));
    await troubles.meet(() => peopleByName(connection.cvat, askedFor(input), signal));
    await troubles.meet(() => requireTaskImages(looking, found));
    if (sent !== null && frames !== null && found?.task === null) {
      await troubles.meet(() => requireImages(sent, frames));
    }
    await troubles.meet(() => requireNewImages(looking, found));
    const later = await heldOutLater({ cvat: connection.cvat, store, input, signal }, found, troubles);
    const { taskId = null, url = null } = found?.task ?? {};
    return {
      project: { name: input.project, id: found?.projectId ?? null },
      task: { name: input.task, id: taskId, url, frames: frames?.length ?? null },
      ...(isOnlyObserved(input) ? { observed: true as const } : {}),
      ...(input.fromScratch === true ? { fromScratch: true as const } : {}),
      dataset: dataset === null ? null : datasetCounts(dataset),
      ...(prediction == null ? {} : { prediction }),
      labels: plannedLabels(categories, { document, labels: found?.labels ?? null, modelIndexOf }),
      frames: document === null || frames === null ? null : frameCounts(document, frames),
      ...taskParts(looked),
      troubles: troubles.all,
      ...(later.length === 0 ? {} : { later }),
    };
  });
}

/** The task as the guard would see it; null where there is none yet, or nothing to send. */
async function lookAtTask(
  { connection, store, input, signal }: Looking,
  found: FoundTask | null,
  document: CocoDocument | null,
): Promise<{ found: TaskInspection; expected: readonly ExpectedShape[] } | null> {
  if (found === null || found.task === null || document === null) return null;
  const { cvat } = connection;
  const { task } = found;
  const meta = await cvat.taskMeta(task.taskId, signal);
  const jobs = await cvat.jobs(task.taskId, { type: 'annotation', signal });
  // A missing label is told of apart; the jobs are looked at all the same.
  const labels = withLabelsOf(document.categories, found.labels ?? []);
  const { shapes: expected, leftOut } = await expectedShapes(document, { meta, labels, jobs }, signal);
  const inspected = { id: iterationId(input), input, task, expected, leftOut };
  return { found: await inspectTask({ cvat, store }, inspected, signal), expected };
}

/** A task that is there shows the images of the folder, as where it is adopted. */
async function requireTaskImages(
  { connection, store, input, signal }: Looking,
  found: FoundTask | null,
): Promise<void> {
  const taskId = found?.task?.taskId;
  if (taskId === undefined || input.images === null || isOnlyObserved(input)) return;
  const where = { connection: input.connection, taskId };
  await requireSameImages({ cvat: connection.cvat, store }, where, input.images, signal);
}

/** A task that is to be made gets no frame that was forgotten. */
async function requireNewImages({ store, input, signal }: Looking, found: FoundTask | null): Promise<void> {
  if (found === null || found.task !== null || input.images === null || isOnlyObserved(input)) return;
  await requireUnforgotten(store, input.images, signal);
}

/** User names that a start asks CVAT for: where a task is only observed nobody is given jobs. */
function askedFor(input: IterationInput): readonly string[] {
  const people = isOnlyObserved(input) ? [] : input.people;
  return [...new Set([...people, ...namedPeople(input), ...(input.review?.reviewers ?? [])])];
}

async function modelOf(
  { connection, input, signal }: Looking,
  categories: readonly Category[],
): Promise<ReadonlyMap<number, number> | null> {
  const model = modelOfInput(input);
  if (model === null) return null;
  try {
    const trainer = requireTrainer(connection, input.connection);
    return await modelTable(trainer, categories, model, signal);
  } catch (error) {
    // An iteration begins without it as well: it is needed when people are done.
    if (isMaskloopError(error, 'MonaiUnreachable')) return null;
    throw error;
  }
}
