import { parseCategories } from '../coco/categories.ts';
import type { Mask } from '../coco/mask.ts';
import { writeMask } from '../coco/write-mask.ts';
import { stemOf } from '../contracts/file-stem.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { LoopPolicy } from '../contracts/loop.ts';
import { groupOf } from '../gate/group-of.ts';
import type { FolderContents } from '../storage/folder-contents.ts';
import { canonicalDigest } from '../storage/canonical-json.ts';
import { openContents } from '../storage/open-contents.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { folderLabels } from './folder-labels.ts';
import type { LabelSource } from './label-source.ts';
import { putFrames } from './put-frames.ts';
import type { SimulatedFrames } from './simulated-policy.ts';
import { splitFrames, type Wanted } from './split-frames.ts';

const IMAGE_FILE = /\.(png|jpe?g|bmp|webp|tiff?)$/i;
const DEFAULT_SHARE = 0.2;

export interface PreparedFrames extends SimulatedFrames {
  /** Where the label of a frame of the pool is, by the path of the frame without its extension. */
  readonly labelFiles: ReadonlyMap<string, string>;
  /** SHA-256 over the labels of all frames of the pool, with their names. */
  readonly labelsSha256: string;
  readonly heldOutNames: readonly string[];
  /** Numbers of frames. */
  readonly counts: { readonly pool: number; readonly heldOut: number };
}

export interface Preparing {
  /** Only read. */
  readonly from: ArtifactStore;
  /** Of the simulation alone. */
  readonly into: ArtifactStore;
  readonly policy: LoopPolicy;
  readonly labels: LabelSource;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
}

/**
 * Puts the images of a loop's pool that have a label into a store of the simulation, and the labels as masks whose values are
 * category ids. The same frames are held out for every loop: those that the file of the loop names, else some of the pool.
 *
 * @throws MaskloopError `CannotSimulate` for a pool that is no folder, `NothingToSimulate`, `FrameMismatch`; what reading throws
 */
export async function prepareFrames(preparing: Preparing): Promise<PreparedFrames> {
  const { into, policy, labels, signal } = preparing;
  const images = await poolContents(preparing);
  const { group } = policy.iteration.training;
  const names = images.names.filter((name) => IMAGE_FILE.test(name));
  const given = await givenHeldOut(preparing);
  const wanted = await wantedOf(preparing);
  const seed = JSON.stringify(['held out', policy.selection.seed]);
  const split =
    given === null
      ? splitFrames(names, labels.stems, { wanted, groupOf: groupOf(group), seed })
      : { pool: names.filter((name) => labels.stems.has(stemOf(name))), heldOut: [] };
  const labelFiles = new Map<string, string>();
  const labelHashes: Record<string, string> = {};
  let done = 0;
  const total = split.pool.length * 2 + split.heldOut.length * 2;
  const files = { signal, onFile: () => preparing.onProgress({ done: (done += 1), total }) };
  const read = async (name: string): Promise<Uint8Array> => images.read(name);
  const readLabel = async (name: string): Promise<Uint8Array> => writeMask(await labels.read(stemOf(name)), 'up');
  const pool = await putFrames(into, split.pool, read, files);
  for (const name of split.pool) {
    const { sha256 } = await into.put(await readLabel(name));
    labelFiles.set(stemOf(name), await into.localPath(sha256));
    labelHashes[stemOf(name)] = sha256;
    files.onFile();
  }
  const heldOut = {
    images: given?.images ?? (await putFrames(into, split.heldOut, read, files)),
    masks: given?.masks ?? (await putFrames(into, split.heldOut.map(asPng), readLabel, files)),
  };
  const firstMasks = await firstMasksOf(preparing, split.pool);
  const heldOutNames = given?.names ?? split.heldOut;
  const counts = { pool: split.pool.length, heldOut: heldOut.images.files };
  return { pool, heldOut, heldOutNames, firstMasks, labelFiles, labelsSha256: canonicalDigest(labelHashes), counts };
}

const asPng = (name: string): string => `${stemOf(name)}.png`;

async function poolContents({ from, policy: { pool } }: Preparing): Promise<FolderContents> {
  if (pool.kind === 'files') return openContents(from, pool.images);
  if (pool.kind === 'folder') return openContents(from, { uri: pool.uri, sha256: '', files: 0 });
  throw new MaskloopError(
    'CannotSimulate',
    'The pool of the loop is the datastore of MONAI Label; a simulation needs a folder of images.',
    { facts: { pool: pool.kind } },
  );
}

/** Held-out images with masks that the file of the loop names, their masks in category ids. */
async function givenHeldOut({
  from,
  into,
  policy,
  signal,
}: Preparing): Promise<(SimulatedFrames['heldOut'] & { readonly names: readonly string[] }) | null> {
  const { heldOut } = policy.iteration.training;
  if (heldOut?.kind !== 'folder') return null;
  const images = await openContents(from, heldOut.images);
  const masks = await inCategoryIds(from, policy, await openContents(from, heldOut.masks));
  const names = images.names.filter((name) => IMAGE_FILE.test(name));
  const missing = names.find((name) => !masks.stems.has(stemOf(name)));
  if (missing !== undefined) {
    throw new MaskloopError('FrameMismatch', `The held-out image "${missing}" has no mask.`, {
      facts: { frame: missing },
    });
  }
  const files = { signal, onFile: () => undefined };
  return {
    names,
    images: await putFrames(into, names, async (name) => images.read(name), files),
    masks: await putFrames(into, names.map(asPng), maskReader(masks), files),
  };
}

function maskReader(source: LabelSource): (name: string) => Promise<Uint8Array> {
  return async (name) => writeMask(await source.read(stemOf(name)), 'up');
}

async function inCategoryIds(from: ArtifactStore, policy: LoopPolicy, contents: FolderContents): Promise<LabelSource> {
  const text = new TextDecoder().decode(await from.get(policy.categories));
  return folderLabels(contents, parseCategories(text, policy.categories.uri), policy.iteration.conversion.rules);
}

async function wantedOf({ from, policy }: Preparing): Promise<Wanted> {
  const { heldOutTask, iteration } = policy;
  const { heldOut, heldOutFraction } = iteration.training;
  if (heldOutTask !== null) return { frames: heldOutTask.frames };
  if (heldOut?.kind !== 'names') return { share: heldOutFraction === 0 ? DEFAULT_SHARE : heldOutFraction };
  const lines = new TextDecoder().decode(await from.get(heldOut.list)).split(/\r?\n/);
  return { stems: new Set(lines.map((line) => stemOf(line.trim())).filter((stem) => stem !== '')) };
}

/** Masks that people begin with before there is a model, of the frames of the pool alone. */
async function firstMasksOf(
  { from, into, policy, signal }: Preparing,
  pool: readonly string[],
): Promise<SimulatedFrames['firstMasks']> {
  const { firstMasks } = policy;
  if (firstMasks.kind !== 'folder') return firstMasks;
  const source = await inCategoryIds(from, policy, await openContents(from, firstMasks.masks));
  const names = pool.filter((name) => source.stems.has(stemOf(name))).map(asPng);
  if (names.length === 0) return { kind: 'none' };
  const masks = await putFrames(into, names, maskReader(source), { signal, onFile: () => undefined });
  return { kind: 'folder', masks };
}

/**
 * The rule of an annotator who draws exactly what the labels say.
 *
 * @param labelOf the label of a frame, by its path without an extension; null for none
 */
export function drawLabels(
  labelOf: (stem: string) => Mask | null,
): (frame: { readonly name: string; readonly width: number; readonly height: number }) => Mask {
  return ({ name, width, height }) => {
    const label = labelOf(stemOf(name));
    if (label !== null && label.width === width && label.height === height) return label;
    const found = label === null ? 'no label' : `a label of ${label.width} × ${label.height} pixels`;
    throw new MaskloopError('FrameMismatch', `The frame "${name}" of ${width} × ${height} pixels has ${found}.`, {
      facts: { frame: name, width, height },
    });
  };
}
