import { setImmediate } from 'node:timers/promises';
import { decodeCounts } from '../coco/rle.ts';
import { parseCocoDocument } from '../coco/parse-document.ts';
import type { CocoDocument, CocoImage } from '../coco/coco.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { DatasetRef, TaskRef } from '../contracts/refs.ts';
import type { Cvat, Frame, Label, Shape, TaskMeta } from '../cvat/cvat.ts';
import { maskPoints } from '../cvat/mask-points.ts';
import type { ArtifactStore } from '../storage/store.ts';

/** What identifies a shape for us: CVAT gives new ids at every import. */
export type ExpectedShape = Pick<Shape, 'frame' | 'labelId' | 'type' | 'points'>;

/** These take about 50 ms at 1080p. */
const SHAPES_WITHOUT_PAUSE = 20;

/** More names than these are counted, not listed. */
const MAX_LISTED = 20;

/** A name without its extension; folders count. */
export function stemOf(name: string): string {
  return name.replace(/\.[^./]+$/, '');
}

/**
 * Frame number by name without extension.
 *
 * @throws MaskloopError `FrameMismatch` if two frames share a name
 */
export function framesByStem(frames: readonly Frame[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const [number, { name }] of frames.entries()) {
    const other = numbers.get(stemOf(name));
    if (other !== undefined) {
      throw new MaskloopError(
        'FrameMismatch',
        `Frames ${other} and ${number} of the task are both named "${stemOf(name)}".`,
        {
          facts: { frames: [other, number], name: stemOf(name) },
        },
      );
    }
    numbers.set(stemOf(name), number);
  }
  return numbers;
}

/** Frame number of each image; stricter than CVAT, which casts a name that does not match to a frame number. */
function frameOfImages(images: readonly CocoImage[], meta: TaskMeta): ReadonlyMap<number, number> {
  const numbers = framesByStem(meta.frames);
  const missing = images.filter(({ file_name }) => !numbers.has(stemOf(file_name)));
  if (missing.length > 0) {
    const names = missing.slice(0, MAX_LISTED).map(({ file_name }) => file_name);
    throw new MaskloopError(
      'FrameMismatch',
      `${missing.length} of ${images.length} masks have no frame of the same name in the task, first ${names[0]}.`,
      { facts: { missing: missing.length, masks: images.length, names } },
    );
  }
  return new Map(images.map((image) => [image.id, checkedFrame(image, numbers, meta)]));
}

function checkedFrame(image: CocoImage, numbers: ReadonlyMap<string, number>, meta: TaskMeta): number {
  const number = numbers.get(stemOf(image.file_name)) ?? -1;
  const frame = meta.frames[number];
  if (frame !== undefined && (frame.width !== image.width || frame.height !== image.height)) {
    throw new MaskloopError(
      'FrameSizeMismatch',
      `${image.file_name} is ${image.width}×${image.height}, its frame ${number} is ${frame.width}×${frame.height}.`,
      {
        facts: {
          file: image.file_name,
          frame: number,
          mask: [image.width, image.height],
          image: [frame.width, frame.height],
        },
      },
    );
  }
  return number;
}

function labelOfCategories(document: CocoDocument, labels: readonly Label[]): ReadonlyMap<number, number> {
  const used = new Set(document.annotations.map(({ category_id }) => category_id));
  const idByName = new Map(labels.map(({ name, id }) => [name, id]));
  const table = new Map<number, number>();
  const missing: string[] = [];
  for (const { id, name } of document.categories) {
    const labelId = idByName.get(name);
    if (labelId !== undefined) table.set(id, labelId);
    else if (used.has(id)) missing.push(name);
  }
  if (missing.length > 0) {
    throw new MaskloopError(
      'LabelMissing',
      `The CVAT project has no label named ${missing.map((name) => `"${name}"`).join(', ')}.`,
      {
        facts: { missing, labels: labels.map(({ name }) => name).slice(0, 100) },
      },
    );
  }
  return table;
}

/**
 * The shapes that the task will hold once the dataset is imported. Pauses now and then, so that heartbeats go on.
 *
 * @throws MaskloopError `FrameMismatch`, `FrameSizeMismatch`, `LabelMissing`; the signal's reason if aborted
 */
export async function expectedShapes(
  document: CocoDocument,
  meta: TaskMeta,
  labels: readonly Label[],
  signal?: AbortSignal,
): Promise<readonly ExpectedShape[]> {
  const frames = frameOfImages(document.images, meta);
  const labelOf = labelOfCategories(document, labels);
  const shapes: ExpectedShape[] = [];
  for (const { image_id, category_id, segmentation } of document.annotations) {
    const { counts, size } = segmentation;
    shapes.push({
      frame: frames.get(image_id) ?? -1,
      labelId: labelOf.get(category_id) ?? -1,
      type: 'mask',
      points: maskPoints(decodeCounts(counts), size[1], size[0]),
    });
    if (shapes.length % SHAPES_WITHOUT_PAUSE === 0)
      await setImmediate(undefined, signal === undefined ? {} : { signal });
  }
  return shapes;
}

/** Reads what {@link expectedShapes} needs and applies it. */
export async function readExpectedShapes(
  store: ArtifactStore,
  cvat: Cvat,
  { task, dataset }: { task: TaskRef; dataset: DatasetRef },
  signal: AbortSignal,
): Promise<readonly ExpectedShape[]> {
  const document = parseCocoDocument(await store.get(dataset.preannotations), dataset.preannotations.uri);
  const meta = await cvat.taskMeta(task.taskId, signal);
  return expectedShapes(document, meta, await cvat.projectLabels(task.projectId, signal), signal);
}
