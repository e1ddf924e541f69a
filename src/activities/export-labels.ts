import type { ForIteration, IterationActivities } from '../contracts/activities.ts';
import type { Category } from '../contracts/categories.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { LabelledFrame, LabelManifest, TaskRef } from '../contracts/refs.ts';
import { narrowMask } from '../coco/narrow-mask.ts';
import { writeMask } from '../coco/write-mask.ts';
import type { Cvat, Job, Label, Shape, TaskMeta } from '../cvat/cvat.ts';
import { paintShapes } from '../cvat/paint-shapes.ts';
import { labelTable } from '../labels/label-table.ts';
import { missingText } from '../labels/missing-text.ts';
import { nearNames } from '../labels/near-names.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { categoriesOf } from './categories-of.ts';
import { annotationJobs, isComplete } from './check-completion.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { failureFrom } from './to-failure.ts';

/** The jobs, all complete; a reopened one sends the iteration back to waiting. */
async function completedJobs(
  cvat: Cvat,
  { input, task }: ForIteration & { task: TaskRef },
  signal: AbortSignal,
): Promise<readonly Job[]> {
  const jobs = await annotationJobs(cvat, task, signal);
  const open = jobs.filter((job) => !isComplete(job, input.completion.rule));
  if (open.length === 0) return jobs;
  const reopened = new MaskloopError(
    'TaskReopened',
    `${open.length} of ${jobs.length} jobs were reopened: ${task.url}`,
    {
      facts: { url: task.url, jobs: open.map(({ id }) => id).slice(0, 20) },
    },
  );
  // The workflow goes back to waiting for people; trying again here would wait for them in the wrong place.
  throw failureFrom(reopened, true);
}

/** All shapes by frame. A frame that two jobs share gets the shapes of both. */
async function shapesByFrame(
  cvat: Cvat,
  jobs: readonly Job[],
  signal: AbortSignal,
): Promise<{ byFrame: Map<number, Shape[]>; shapes: number; tags: number }> {
  const byFrame = new Map<number, Shape[]>();
  let shapes = 0;
  let tags = 0;
  for (const job of jobs) {
    const held = await cvat.jobAnnotations(job.id, signal);
    if (held.tracks > 0) {
      throw new MaskloopError(
        'UnsupportedShape',
        `Job ${job.id} holds ${held.tracks} tracks; only shapes of single frames become masks.`,
        {
          facts: { job: job.id, tracks: held.tracks },
        },
      );
    }
    for (const shape of held.shapes) byFrame.set(shape.frame, [...(byFrame.get(shape.frame) ?? []), shape]);
    shapes += held.shapes.length;
    tags += held.tags;
  }
  return { byFrame, shapes, tags };
}

/** Frame numbers that the jobs cover, without deleted frames, ascending. */
function coveredFrames(jobs: readonly Job[], meta: TaskMeta): readonly number[] {
  const frames = new Set<number>();
  for (const { startFrame, stopFrame } of jobs) {
    for (let frame = startFrame; frame <= stopFrame; frame++) frames.add(frame);
  }
  for (const deleted of meta.deletedFrames) frames.delete(deleted);
  return [...frames].toSorted((a, b) => a - b);
}

/** Mask value by CVAT label id, matched by name. */
function valueOfLabels(labels: readonly Label[], categories: readonly Category[]): (labelId: number) => number {
  const { rows } = labelTable({ categories, labels });
  const valueById = new Map(rows.map(({ labelId, value }) => [labelId, value]));
  return (labelId) => {
    const value = valueById.get(labelId);
    if (value !== undefined) return value;
    const name = labels.find(({ id }) => id === labelId)?.name ?? `of id ${labelId}`;
    const known = categories.map((category) => category.name);
    const near = { [name]: nearNames(name, known) };
    throw new MaskloopError(
      'CategoryMissing',
      `A label was used in CVAT that no category is named like: ${missingText([name], near)}.`,
      { facts: { label: name, near, categories: known.slice(0, 100) } },
    );
  };
}

interface Painting {
  readonly store: ArtifactStore;
  readonly meta: TaskMeta;
  readonly byFrame: ReadonlyMap<number, readonly Shape[]>;
  readonly valueOf: (labelId: number) => number;
}

async function paintFrame({ store, meta, byFrame, valueOf }: Painting, number: number): Promise<LabelledFrame> {
  const frame = meta.frames[number];
  if (frame === undefined) {
    throw new MaskloopError('CvatUnexpectedAnswer', `CVAT names no frame ${number} in the task's data.`, {
      facts: { frame: number },
    });
  }
  const { name, width, height } = frame;
  const { values, painted } = paintShapes({ width, height, shapes: byFrame.get(number) ?? [], valueOf, where: name });
  const label = await store.put(writeMask(narrowMask({ width, height, values })));
  return { name, frame: number, width, height, label, labelledPixels: painted };
}

async function paintAll(
  painting: Painting,
  frames: readonly number[],
  { signal, report }: Running,
): Promise<LabelledFrame[]> {
  const painted: LabelledFrame[] = [];
  for (const number of frames) {
    signal.throwIfAborted();
    painted.push(await paintFrame(painting, number));
    report({ phase: 'labels', done: painted.length, total: frames.length });
  }
  return painted;
}

/** Nobody has touched the jobs between two reads of them. */
function requireUnchanged(before: readonly Job[], after: readonly Job[], task: TaskRef): void {
  const updatedAt = new Map(before.map((job) => [job.id, job.updatedAt]));
  const changed = after.filter((job) => updatedAt.get(job.id) !== job.updatedAt).map(({ id }) => id);
  if (changed.length === 0 && after.length === before.length) return;
  throw new MaskloopError(
    'LabelsChanging',
    `Jobs ${changed.join(', ')} changed while their labels were read: ${task.url}`,
    {
      facts: { jobs: changed, url: task.url },
    },
  );
}

/** Deleting a frame moves no job's time. */
function requireSameFrames(before: TaskMeta, after: TaskMeta, task: TaskRef): void {
  if (JSON.stringify(before.deletedFrames) === JSON.stringify(after.deletedFrames)) return;
  throw new MaskloopError('LabelsChanging', `Frames were deleted or restored while labels were read: ${task.url}`, {
    facts: { before: [...before.deletedFrames], after: [...after.deletedFrames], url: task.url },
  });
}

/** Reads the final shapes of each job and freezes them as label PNGs, one a frame, whose values are category ids. */
export function createExportLabels({ connect, store }: ActivityDependencies): IterationActivities['exportLabels'] {
  return durable(async (args, running) => {
    const { input, task } = args;
    const { signal } = running;
    const { cvat } = connect(input.connection);
    const categories = await categoriesOf(store, input);
    const jobs = await completedJobs(cvat, args, signal);
    const meta = await cvat.taskMeta(task.taskId, signal);
    const valueOf = valueOfLabels(await cvat.projectLabels(task.projectId, signal), categories);
    const { byFrame, shapes, tags } = await shapesByFrame(cvat, jobs, signal);
    const frames = await paintAll({ store, meta, byFrame, valueOf }, coveredFrames(jobs, meta), running);
    requireUnchanged(jobs, await completedJobs(cvat, args, signal), task);
    requireSameFrames(meta, await cvat.taskMeta(task.taskId, signal), task);
    const manifest: LabelManifest = { categories: categories.map(({ id, name }) => ({ id, name })), frames };
    return {
      manifest: await store.put(Buffer.from(JSON.stringify(manifest))),
      frames: frames.length,
      labelledFrames: frames.filter(({ labelledPixels }) => labelledPixels > 0).length,
      shapes,
      tags,
      sealedAt: new Date().toISOString(),
    };
  });
}
