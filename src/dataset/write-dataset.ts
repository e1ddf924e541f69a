import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { forgottenName, tombstoneName } from '../contracts/ids.ts';
import { DatasetWriter } from '../coco/dataset-writer.ts';
import { MaskConverter } from '../coco/mask-converter.ts';
import { narrowMask } from '../coco/narrow-mask.ts';
import { readMask } from '../coco/read-mask.ts';
import { writeMask } from '../coco/write-mask.ts';
import { DEFAULT_RULES } from '../contracts/conversion.ts';
import { isMaskloopError } from '../contracts/error.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import { hashBytes, hashFile } from '../storage/file-hash.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { joinClasses, type ClassTable } from './class-table.ts';
import { openDatasetFolder, type DatasetFolder } from './dataset-folder.ts';
import { findPlace } from './find-place.ts';
import { frameFiles, type FrameFile, type Missing } from './frame-files.ts';
import { readReceipts, type ChainedReceipt } from './read-receipts.ts';
import { datasetReadme } from './readme.ts';
import { sealedLabels, type Part, type SealedLabel } from './sealed-labels.ts';

export interface DatasetRequest {
  /** `PROJECT`, or `CONNECTION/PROJECT`. */
  readonly given: string;
  readonly dir: string;
  /** A further folder of images; null for none. */
  readonly images: string | null;
  /** Hard links to images instead of copies. */
  readonly asLinks: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface WrittenDataset {
  readonly connection: string;
  readonly project: string;
  readonly receipts: number;
  readonly frames: Readonly<Record<Part, number>>;
  readonly annotations: number;
  /** Frames whose label was forgotten on purpose: left out. */
  readonly forgotten: number;
  /** Frames whose image is not at hand. */
  readonly missing: readonly { readonly frame: string; readonly why: Missing; readonly taskId: number | null }[];
}

interface Placed {
  readonly sealed: SealedLabel;
  readonly mask: string;
  /** Path of the image, which is named in the document also where it is missing. */
  readonly image: string;
  readonly source: FrameFile | Missing;
}

/**
 * Writes all sealed labels of a connection and project into a folder, the newest of each frame, with their images: a COCO
 * document, masks, label table and hashes. What an earlier run has written is found and left; what no longer belongs is removed.
 *
 * @throws MaskloopError `IterationNotFound`, `ForeignFolder`, `OutputNotWritable`, `InvalidName`, `ArtifactMissing`,
 *   `ArtifactCorrupt`, `StoreUnreachable`; the signal's reason if aborted
 */
export async function writeDataset(store: ArtifactStore, request: DatasetRequest): Promise<WrittenDataset> {
  const { signal, onProgress } = request;
  const place = await findPlace(store, request.given);
  const receipts = await readReceipts(store, place);
  const all = await sealedLabels(store, receipts);
  const folder = await openDatasetFolder(request.dir, place);
  const { kept, forgotten } = await withoutForgotten(store, all, receipts);
  const placed = await placeAll(store, kept, request);
  const classes = joinClasses(receipts.map(({ receipt }) => receipt.categories));
  const files = placed.flatMap(({ mask, image, source }) => (typeof source === 'string' ? [mask] : [mask, image]));
  await folder.writeRecord({ complete: false, files: [...new Set([...folder.earlier, ...files])] });
  const sums = new Map<string, string>();
  for (const [done, one] of placed.entries()) {
    signal.throwIfAborted();
    await writeFrame(store, folder, one, { classes, asLinks: request.asLinks, sums });
    onProgress?.({ done: done + 1, total: placed.length });
  }
  const gone = folder.earlier.filter((path) => !sums.has(path));
  for (const path of gone) await folder.remove(path);
  const annotations = await writeDocument(placed, classes, request);
  sums.set('labels.json', await hashFile(join(request.dir, 'labels.json')));
  const rows = classes.categories.map(({ id, ...names }) => ({ value: id, ...names }));
  sums.set('label-table.json', await folder.write('label-table.json', `${JSON.stringify(rows, null, 2)}\n`));
  sums.set('README.md', await folder.write('README.md', datasetReadme(place.project)));
  const missing = placed.flatMap(({ sealed: { stem, taskId }, source }) =>
    typeof source === 'string' ? [{ frame: stem, why: source, taskId }] : [],
  );
  const record = { complete: missing.length === 0, receipts: receipts.map(sourceOf), missing, files };
  sums.set('dataset.json', await folder.writeRecord(record));
  await folder.write('SHA256SUMS', sumsText(sums));
  const frames = countParts(placed);
  return { ...place, receipts: receipts.length, frames, annotations, forgotten, missing };
}

/** A receipt as the record of the dataset names it, with the amendments whose labels took the place of its own. */
function sourceOf({ receipt: { id, chain }, sha256, amendments }: ChainedReceipt): Readonly<Record<string, unknown>> {
  const named = amendments.map(({ name, bytes }) => ({ name, sha256: hashBytes(bytes) }));
  return { id, number: chain?.number ?? null, sha256, ...(named.length === 0 ? {} : { amendments: named }) };
}

/**
 * Labels without those of frames that were forgotten, and those that are gone since another frame with the same bytes was; any
 * other that is missing is a failure later.
 */
async function withoutForgotten(
  store: ArtifactStore,
  labels: readonly SealedLabel[],
  receipts: readonly ChainedReceipt[],
): Promise<{ readonly kept: readonly SealedLabel[]; readonly forgotten: number }> {
  const tombstones = new Set(await store.listNamed(tombstoneName('')));
  const frames = new Set(await store.listNamed(forgottenName(null, null)));
  const kept: SealedLabel[] = [];
  for (const one of labels) {
    const place = receipts[one.from]?.receipt.input;
    if (place !== undefined && frames.has(forgottenName(place, one.frame))) continue;
    if (tombstones.has(tombstoneName(one.label.sha256)) && (await isGone(store, one.label))) continue;
    kept.push(one);
  }
  return { kept, forgotten: labels.length - kept.length };
}

async function isGone(store: ArtifactStore, label: ArtifactRef): Promise<boolean> {
  try {
    await store.get(label);
    return false;
  } catch (error) {
    return isMaskloopError(error, 'ArtifactMissing');
  }
}

async function placeAll(
  store: ArtifactStore,
  labels: readonly SealedLabel[],
  { images, signal }: DatasetRequest,
): Promise<Placed[]> {
  const find = frameFiles(store, images);
  const placed: Placed[] = [];
  for (const sealed of labels) {
    signal.throwIfAborted();
    const source = await find(sealed);
    const extension =
      typeof source === 'string' ? (/\.[A-Za-z0-9]+$/.exec(sealed.frame)?.[0] ?? '.png') : source.extension;
    const at = `${sealed.part}/${sealed.stem}`;
    placed.push({ sealed, mask: `masks/${at}.png`, image: `images/${at}${extension.toLowerCase()}`, source });
  }
  return placed;
}

async function writeFrame(
  store: ArtifactStore,
  folder: DatasetFolder,
  { sealed, mask, image, source }: Placed,
  how: { readonly classes: ClassTable; readonly asLinks: boolean; readonly sums: Map<string, string> },
): Promise<void> {
  const bytes = await labelBytes(store, sealed, how.classes);
  how.sums.set(mask, await folder.write(mask, bytes));
  if (typeof source === 'string') return;
  await folder.take(image, { ...source, asLink: how.asLinks && !source.inStore });
  how.sums.set(image, source.sha256);
}

/** The label in the values of the dataset; byte for byte the sealed one where these are the same. */
async function labelBytes(store: ArtifactStore, sealed: SealedLabel, { changes }: ClassTable): Promise<Uint8Array> {
  const bytes = await store.get(sealed.label);
  const change = changes[sealed.from];
  if (change === undefined || change.size === 0) return bytes;
  const mask = readMask(bytes, sealed.frame);
  const values = Uint16Array.from(mask.values, (value) => change.get(value) ?? value);
  return writeMask(narrowMask({ ...mask, values }));
}

/** The COCO document of all masks; returns its number of annotations. */
async function writeDocument(
  placed: readonly Placed[],
  { categories }: ClassTable,
  request: DatasetRequest,
): Promise<number> {
  const converter = new MaskConverter({ declared: categories.map(({ id }) => id), rules: DEFAULT_RULES });
  const writer = await DatasetWriter.create({ outDir: request.dir, name: 'labels', preannotations: false });
  try {
    for (const { mask, image } of placed) {
      request.signal.throwIfAborted();
      const bytes = await readFile(join(request.dir, mask));
      await writer.addMask(image.slice('images/'.length), converter.convert(bytes, mask));
    }
    await writer.seal({ categories, description: `Sealed labels of ${request.given}` });
    return (await writer.publish()).annotations;
  } finally {
    await writer.discard();
  }
}

function countParts(placed: readonly Placed[]): Record<Part, number> {
  const count = (part: Part): number => placed.filter(({ sealed }) => sealed.part === part).length;
  return { training: count('training'), 'held-out': count('held-out'), sealed: count('sealed') };
}

function sumsText(sums: ReadonlyMap<string, string>): string {
  return [...sums]
    .map(([path, sha256]) => `${sha256}  ${path}\n`)
    .toSorted((a, b) => (a.slice(64) < b.slice(64) ? -1 : 1))
    .join('');
}
