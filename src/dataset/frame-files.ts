import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMaskloopError } from '../contracts/error.ts';
import { stemOf } from '../contracts/file-stem.ts';
import type { FolderRef } from '../contracts/refs.ts';
import { hashFile } from '../storage/file-hash.ts';
import { describeFolder } from '../storage/folder-digest.ts';
import { listFiles } from '../storage/folder-files.ts';
import { readFileList } from '../storage/stored-contents.ts';
import type { DatasetSource } from './dataset-source.ts';
import type { SealedLabel } from './sealed-labels.ts';

/** The image of a frame. */
export interface FrameFile {
  /** Path on this machine; null where it lies in the store. */
  readonly file: string | null;
  readonly sha256: string;
  /** `.png`, in lower case. */
  readonly extension: string;
}

/** Why a frame has no image: nowhere, or not the one that was trained on. */
export type Missing = 'not found' | 'another image';

const IMAGE_FILE = /\.(png|jpe?g|bmp|webp|tiff?)$/i;

/** A folder that is looked into. */
interface Listed {
  /** The image of a frame, by its name without extension; null for none. */
  find(stem: string): Promise<FrameFile | null>;
  /** True if whatever has the name of a frame is its image, as far as anybody has recorded. */
  isTrusted(): Promise<boolean>;
}

const trusted = async (): Promise<boolean> => true;

/**
 * Looks for images by the names of frames, extensions aside: in the folder that the iteration was started with, then in one
 * that is named now. Where the hash of the image that was trained on is recorded, only that one counts.
 */
export function frameFiles(
  source: DatasetSource,
  further: string | null,
  signal: AbortSignal,
): (label: SealedLabel) => Promise<FrameFile | Missing> {
  const named = further === null ? null : listInPlace(resolve(further), trusted);
  const listed = new Map<string, Promise<Listed | null>>();
  const list = (folder: FolderRef): Promise<Listed | null> => {
    const known = listed.get(folder.uri) ?? listImages(source, folder, signal);
    listed.set(folder.uri, known);
    return known;
  };
  return async ({ images, frame, imageSha256 }) => {
    let missing: Missing = 'not found';
    for (const folder of [images === null ? null : await list(images), await named]) {
      const found = (await folder?.find(stemOf(frame))) ?? null;
      if (folder === null || found === null) continue;
      const isMeant = imageSha256 === null ? await folder.isTrusted() : found.sha256 === imageSha256;
      if (isMeant) return found;
      missing = 'another image';
    }
    return missing;
  };
}

/** Null for a folder that is not there (any more). */
async function listImages(source: DatasetSource, folder: FolderRef, signal: AbortSignal): Promise<Listed | null> {
  if (folder.manifest !== undefined) return listStored(source, folder, folder.manifest);
  const path = pathOf(folder.uri);
  if (path === null) return null;
  let same: Promise<boolean> | null = null;
  const isSame = (): Promise<boolean> => (same ??= holdsSame(path, folder, signal));
  return listInPlace(path, source.isHere ? trusted : isSame);
}

/** Null for what names no folder of this machine. */
function pathOf(uri: string): string | null {
  try {
    return uri.startsWith('file://') ? fileURLToPath(uri) : null;
  } catch {
    return null;
  }
}

/** True if a folder of this machine holds what the one of the same path held where the iteration was started. */
async function holdsSame(path: string, { sha256 }: FolderRef, signal: AbortSignal): Promise<boolean> {
  return (await describeFolder(path, { signal })).sha256 === sha256;
}

async function listStored(
  source: DatasetSource,
  folder: FolderRef,
  manifest: NonNullable<FolderRef['manifest']>,
): Promise<Listed | null> {
  try {
    const files = (await readFileList(source, folder, manifest)).filter(({ name }) => IMAGE_FILE.test(name));
    // What is gone was forgotten on purpose.
    const held = await source.held(files.map(({ sha256 }) => sha256));
    const byStem = new Map(files.map(({ name, sha256 }) => [stemOf(name), { name, sha256 }]));
    const find: Listed['find'] = async (stem) => {
      const one = byStem.get(stem);
      if (one === undefined || !held.has(one.sha256)) return null;
      return { file: null, sha256: one.sha256, extension: extname(one.name).toLowerCase() };
    };
    return { find, isTrusted: trusted };
  } catch (error) {
    if (isMaskloopError(error, 'ArtifactMissing')) return null;
    throw error;
  }
}

async function listInPlace(path: string, isTrusted: Listed['isTrusted']): Promise<Listed | null> {
  try {
    const images = (await listFiles(path)).filter((name) => IMAGE_FILE.test(name));
    const byStem = new Map(images.map((name) => [stemOf(name), name]));
    const find: Listed['find'] = async (stem) => {
      const name = byStem.get(stem);
      if (name === undefined) return null;
      const file = join(path, name);
      return { file, sha256: await hashFile(file), extension: extname(name).toLowerCase() };
    };
    return { find, isTrusted };
  } catch (error) {
    if (isMaskloopError(error, 'UnreadableFile')) return null;
    throw error;
  }
}
