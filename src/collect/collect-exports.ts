import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { narrowMask } from '../coco/narrow-mask.ts';
import { writeMask } from '../coco/write-mask.ts';
import type { ExportedLabels } from '../contracts/collected-labels.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { Frame } from '../cvat/cvat.ts';
import { frameAt } from '../cvat/frame-at.ts';
import { ARCHIVE_LIMITS, readArchive } from '../storage/read-archive.ts';
import { categoriesFor, type TaskRequest } from './collect-task.ts';
import { exportedImages, parseExportedCoco, type ExportedImages } from './exported-coco.ts';
import { colourTable, readExportedMask, type ColourTable } from './exported-masks.ts';
import { fetchExport } from './fetch-export.ts';
import type { LabelFolder } from './label-folder.ts';

const COCO_FILE = 'annotations/instances_default.json';
const CLASS_FILE = /^SegmentationClass\/(.*)\.png$/;
/** The document is one JSON text, so this much memory is needed for it. */
const LIMITS = { ...ARCHIVE_LIMITS, entryBytes: 2 ** 29 };

/**
 * Has CVAT export a task as COCO 1.0 and as Segmentation mask 1.1, and writes one label PNG a frame: as the
 * masks show it, which CVAT has painted itself. Frames that are deleted are in neither export; jobs that nobody completed
 * are in both, since exports know no jobs.
 *
 * @throws MaskloopError `ExportFailed`, `ArchiveRefused`, `TaskGone`
 */
export async function collectExports(request: TaskRequest, labels: LabelFolder): Promise<ExportedLabels> {
  const { cvat, taskId, signal } = request;
  const { projectId } = await cvat.getTask(taskId, signal);
  const categories = new Map((await categoriesFor(request, projectId)).map(({ id, name }) => [name, id]));
  const categoryOf = (name: string): number | null => categories.get(name) ?? null;
  const meta = await cvat.taskMeta(taskId, signal);
  const frames = Array.from({ length: meta.size }, (_, number) => frameAt(meta, number));
  const folder = await mkdtemp(join(tmpdir(), 'maskloop-export-'));
  try {
    const [coco, masks] = [join(folder, 'coco.zip'), join(folder, 'masks.zip')];
    await fetchExport(cvat, { taskId, format: 'COCO 1.0', file: coco }, signal);
    await fetchExport(cvat, { taskId, format: 'Segmentation mask 1.1', file: masks }, signal);
    const images = exportedImages(await readCoco(coco), categoryOf);
    return await writeMasks(labels, { masks, images, frames, categoryOf });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function stem(name: string): string {
  return name.replace(/\.[^./]*$/, '');
}

async function readCoco(path: string): Promise<ReturnType<typeof parseExportedCoco>> {
  for await (const { bytes } of readArchive(path, (name) => name === COCO_FILE, LIMITS))
    return parseExportedCoco(bytes);
  throw new MaskloopError('ArchiveRefused', `The COCO export has no ${COCO_FILE}.`, { facts: { file: COCO_FILE } });
}

async function coloursOf(path: string, categoryOf: (name: string) => number | null): Promise<ColourTable> {
  for await (const { bytes } of readArchive(path, (name) => name === 'labelmap.txt', LIMITS)) {
    return colourTable(bytes.toString(), categoryOf);
  }
  throw new MaskloopError('ArchiveRefused', 'The export of masks has no labelmap.txt.', { facts: {} });
}

interface Exports {
  readonly masks: string;
  readonly images: ExportedImages;
  readonly frames: readonly Frame[];
  readonly categoryOf: (name: string) => number | null;
}

async function writeMasks(
  folder: LabelFolder,
  { masks, images, frames, categoryOf }: Exports,
): Promise<ExportedLabels> {
  const colours = await coloursOf(masks, categoryOf);
  const bySize = new Map(frames.map((frame) => [stem(frame.name), frame]));
  const written = new Set<string>();
  const differing: { name: string; pixels: number }[] = [];
  let labelledFrames = 0;
  const put = async (frame: Frame, values: Uint16Array): Promise<void> => {
    const { name, width, height } = frame;
    written.add(stem(name));
    const pixels = differences(values, images.paint(name) ?? new Uint16Array(values.length));
    if (pixels > 0) differing.push({ name, pixels });
    if (values.some((value) => value !== 0)) labelledFrames += 1;
    await folder.put(name, writeMask(narrowMask({ width, height, values })));
  };
  for await (const { name, bytes } of readArchive(masks, (entry) => CLASS_FILE.test(entry), LIMITS)) {
    const frame = bySize.get(CLASS_FILE.exec(name)?.[1] ?? '');
    if (frame === undefined) throw new MaskloopError('ArchiveRefused', `The task has no frame for ${name}.`);
    await put(frame, readExportedMask(bytes, frame, colours));
  }
  // A frame without any area has no picture; COCO lists it.
  const listed = new Set(images.names);
  for (const frame of frames) {
    if (written.has(stem(frame.name)) || !listed.has(frame.name)) continue;
    await put(frame, new Uint16Array(frame.width * frame.height));
  }
  const { withoutSegmentation } = images;
  return { frames: images.names.length, labelledFrames, differing, withoutSegmentation };
}

function differences(a: Uint16Array, b: Uint16Array): number {
  return a.reduce((sum, value, at) => sum + Number(value !== b[at]), 0);
}
