import { setImmediate } from 'node:timers/promises';
import { decodeCounts } from '../coco/rle.ts';
import { parseCocoDocument } from '../coco/parse-document.ts';
import type { CocoDocument } from '../coco/coco.ts';
import { withoutImages } from '../coco/without-images.ts';
import type { DatasetRef, TaskRef } from '../contracts/refs.ts';
import type { Cvat, Job, Label, Shape, TaskMeta } from '../cvat/cvat.ts';
import { maskPoints } from '../cvat/mask-points.ts';
import { labelIdByValue, labelTable } from '../labels/label-table.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { frameOfImages } from './frame-of-images.ts';
import { requireUnsharedFrames } from './unshared-frames.ts';

/** What identifies a shape for us: CVAT gives new ids at every import. */
export type ExpectedShape = Pick<Shape, 'frame' | 'labelId' | 'type' | 'points'>;

/** What a dataset becomes in one task. */
export interface Preannotations {
  /** The shapes that the task holds once they are imported. */
  readonly shapes: readonly ExpectedShape[];
  /** Those of deleted frames, which are not sent: CVAT would store them where nobody sees them. */
  readonly leftOut: readonly ExpectedShape[];
  /** Deleted frames that have a mask, ascending. */
  readonly deletedFrames: readonly number[];
}

/** The same with the document that is to be sent: the dataset's own, or the same without the deleted frames. */
export interface Sendable extends Preannotations {
  readonly bytes: Uint8Array;
}

/** What CVAT says of a task that shapes are meant for. */
export interface Place {
  readonly meta: TaskMeta;
  /** Those of the project. */
  readonly labels: readonly Label[];
  /** Those of type annotation. */
  readonly jobs: readonly Pick<Job, 'id' | 'startFrame' | 'stopFrame'>[];
}

/** These take about 50 ms at 1080p. */
const SHAPES_WITHOUT_PAUSE = 20;

/**
 * The shapes that a dataset becomes. Pauses now and then, so that heartbeats go on.
 *
 * @throws MaskloopError `FrameMismatch`, `FrameSizeMismatch`, `FramesShared`, `LabelMissing`; the signal's reason if
 *   aborted
 */
export async function expectedShapes(
  document: CocoDocument,
  { meta, labels, jobs }: Place,
  signal?: AbortSignal,
): Promise<Preannotations> {
  const frames = frameOfImages(document.images, meta);
  const used = new Set(document.annotations.map(({ category_id }) => category_id));
  const labelOf = labelIdByValue(labelTable({ categories: document.categories, labels }), used);
  const all: ExpectedShape[] = [];
  for (const { image_id, category_id, segmentation } of document.annotations) {
    const { counts, size } = segmentation;
    all.push({
      frame: frames.get(image_id) ?? -1,
      labelId: labelOf.get(category_id) ?? -1,
      type: 'mask',
      points: maskPoints(decodeCounts(counts), size[1], size[0]),
    });
    if (all.length % SHAPES_WITHOUT_PAUSE === 0) await setImmediate(undefined, signal === undefined ? {} : { signal });
  }
  const deleted = new Set(meta.deletedFrames);
  const shapes = all.filter(({ frame }) => !deleted.has(frame));
  requireUnsharedFrames(shapes, jobs);
  return {
    shapes,
    leftOut: all.filter(({ frame }) => deleted.has(frame)),
    deletedFrames: [...frames.values()].filter((frame) => deleted.has(frame)).toSorted((a, b) => a - b),
  };
}

/** Reads what {@link expectedShapes} needs, applies it, and leaves the deleted frames out of the document. */
export async function readPreannotations(
  store: ArtifactStore,
  cvat: Cvat,
  { task, dataset }: { task: TaskRef; dataset: DatasetRef },
  signal: AbortSignal,
): Promise<Sendable> {
  const { uri } = dataset.preannotations;
  const bytes = await store.get(dataset.preannotations);
  const document = parseCocoDocument(bytes, uri);
  const meta = await cvat.taskMeta(task.taskId, signal);
  const jobs = await cvat.jobs(task.taskId, { type: 'annotation', signal });
  const labels = await cvat.projectLabels(task.projectId, signal);
  const expected = await expectedShapes(document, { meta, labels, jobs }, signal);
  if (expected.deletedFrames.length === 0) return { ...expected, bytes };
  const deleted = new Set(expected.deletedFrames);
  const frames = frameOfImages(document.images, meta);
  const left = new Set([...frames].filter(([, frame]) => deleted.has(frame)).map(([image]) => image));
  return { ...expected, bytes: withoutImages(bytes, left, uri) };
}
