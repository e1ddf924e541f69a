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
import { contentRef } from '../storage/content-address.ts';
import { eachAtOnce } from '../storage/each-at-once.ts';
import { hashBytes, hashFile } from '../storage/file-hash.ts';
import { joinClasses, type ClassTable } from './class-table.ts';
import { copyFresh, linkOrCopy } from './copy-file.ts';
import { openDatasetFolder, type DatasetFolder } from './dataset-folder.ts';
import type { DatasetDocuments, DatasetSource } from './dataset-source.ts';
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
  readonly found: FrameFile | Missing;
}

/**
 * Writes all sealed labels of a connection and project into a folder, the newest of each frame, with their images: a COCO
 * document, masks, label table and hashes. What an earlier run has written is found and left; what no longer belongs is removed.
 *
 * @throws MaskloopError `IterationNotFound`, `ForeignFolder`, `OutputNotWritable`, `InvalidName`, `ArtifactMissing`,
 *   `ArtifactCorrupt`, `StoreUnreachable`, and what else the source meets; the signal's reason if aborted
 */
export async function writeDataset(source: DatasetSource, request: DatasetRequest): Promise<WrittenDataset> {
  const { signal, onProgress } = request;
  const place = await findPlace(source, request.given);
  const receipts = await readReceipts(source, place, signal);
  const all = await sealedLabels(source, receipts);
  const folder = await openDatasetFolder(request.dir, place);
  const { kept, forgotten } = await withoutForgotten(source, all, receipts);
  const placed = await placeAll(source, kept, request);
  const classes = joinClasses(receipts.map(({ receipt }) => receipt.categories));
  const files = placed.flatMap(({ mask, image, found }) => (typeof found === 'string' ? [mask] : [mask, image]));
  await folder.writeRecord({ complete: false, files: [...new Set([...folder.earlier, ...files])] });
  const sums = new Map<string, string>();
  let done = 0;
  const writing = async (one: Placed): Promise<void> => {
    await writeFrame(source, folder, one, { classes, asLinks: request.asLinks, sums });
    onProgress?.({ done: (done += 1), total: placed.length });
  };
  await eachAtOnce(placed, signal, writing, source.atOnce);
  const gone = folder.earlier.filter((path) => !sums.has(path));
  for (const path of gone) await folder.remove(path);
  const annotations = await writeDocument(placed, classes, request);
  sums.set('labels.json', await hashFile(join(request.dir, 'labels.json')));
  const rows = classes.categories.map(({ id, ...names }) => ({ value: id, ...names }));
  sums.set('label-table.json', await folder.write('label-table.json', `${JSON.stringify(rows, null, 2)}\n`));
  sums.set('README.md', await folder.write('README.md', datasetReadme(place.project)));
  const missing = placed.flatMap(({ sealed: { stem, taskId }, found }) =>
    typeof found === 'string' ? [{ frame: stem, why: found, taskId }] : [],
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
  source: DatasetDocuments,
  labels: readonly SealedLabel[],
  receipts: readonly ChainedReceipt[],
): Promise<{ readonly kept: readonly SealedLabel[]; readonly forgotten: number }> {
  const tombstones = new Set(await source.listNamed(tombstoneName('')));
  const frames = new Set(await source.listNamed(forgottenName(null, null)));
  const kept: SealedLabel[] = [];
  for (const one of labels) {
    const place = receipts[one.from]?.receipt.input;
    if (place !== undefined && frames.has(forgottenName(place, one.frame))) continue;
    if (tombstones.has(tombstoneName(one.label.sha256)) && (await isGone(source, one.label))) continue;
    kept.push(one);
  }
  return { kept, forgotten: labels.length - kept.length };
}

async function isGone(source: DatasetDocuments, label: ArtifactRef): Promise<boolean> {
  try {
    await source.get(label);
    return false;
  } catch (error) {
    return isMaskloopError(error, 'ArtifactMissing');
  }
}

async function placeAll(
  source: DatasetSource,
  labels: readonly SealedLabel[],
  { images, signal }: DatasetRequest,
): Promise<Placed[]> {
  const find = frameFiles(source, images, signal);
  const placed: Placed[] = [];
  for (const sealed of labels) {
    signal.throwIfAborted();
    const found = await find(sealed);
    const extension =
      typeof found === 'string' ? (/\.[A-Za-z0-9]+$/.exec(sealed.frame)?.[0] ?? '.png') : found.extension;
    const at = `${sealed.part}/${sealed.stem}`;
    placed.push({ sealed, mask: `masks/${at}.png`, image: `images/${at}${extension.toLowerCase()}`, found });
  }
  return placed;
}

async function writeFrame(
  source: DatasetSource,
  folder: DatasetFolder,
  { sealed, mask, image, found }: Placed,
  how: { readonly classes: ClassTable; readonly asLinks: boolean; readonly sums: Map<string, string> },
): Promise<void> {
  how.sums.set(mask, await writeMaskOf(source, folder, { sealed, mask }, how.classes));
  if (typeof found === 'string') return;
  const { file, sha256 } = found;
  await folder.take(image, sha256, (staged) => {
    if (file === null) return source.save(contentRef(sha256, 0), staged);
    return how.asLinks ? linkOrCopy(file, staged) : copyFresh(file, staged);
  });
  how.sums.set(image, sha256);
}

/** The label in the values of the dataset; byte for byte the sealed one where these are the same. Returns its hash. */
async function writeMaskOf(
  source: DatasetSource,
  folder: DatasetFolder,
  { sealed, mask }: Pick<Placed, 'sealed' | 'mask'>,
  { changes }: ClassTable,
): Promise<string> {
  const { label, frame } = sealed;
  const change = changes[sealed.from];
  const isSame = change === undefined || change.size === 0;
  if (isSame && (await folder.holds(mask, label.sha256))) return label.sha256;
  const bytes = await source.get(label);
  if (isSame) return folder.write(mask, bytes);
  const read = readMask(bytes, frame);
  const values = Uint16Array.from(read.values, (value) => change.get(value) ?? value);
  return folder.write(mask, writeMask(narrowMask({ ...read, values })));
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
