import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FILE_LIST_SCHEMA, type FileList, type ListedFile } from '../contracts/file-list.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { ArtifactRef, FolderRef } from '../contracts/refs.ts';
import { contentRef } from './content-address.ts';
import { eachAtOnce } from './each-at-once.ts';
import { hashFile } from './file-hash.ts';
import { forgottenHashes, frameForgotten } from './forgotten-files.ts';
import { holdsSound } from './holds-sound.ts';
import type { FolderDigestOptions } from './folder-digest.ts';
import { listFiles, unreadable } from './folder-files.ts';
import { parseFileList } from './parse-file-list.ts';
import type { ArtifactStore } from './store.ts';
import { digestOfList } from './stored-contents.ts';
import { folderOfList } from './stored-folder.ts';

/** A folder that is in the store now. */
export interface PutFolder {
  readonly folder: FolderRef;
  /** Length of all files in bytes. */
  readonly bytes: number;
  /** How many files, and bytes of them, the store did not hold before. */
  readonly copied: { readonly files: number; readonly bytes: number };
}

/**
 * Puts all files of a folder into the store by their content, and the list of them. What the store holds already is read there
 * and copied again only if it is damaged, so that a further try goes on where one broke off and mends what a disk has lost. The
 * same files give the same list, wherever they lie.
 *
 * @throws MaskloopError `FrameForgotten` naming the files that were forgotten on purpose, which are not copied; `EmptyFolder`, `UnreadableFile`; `InvalidFileList` for a name that no list may hold; what the store throws; the signal's
 *   reason if aborted
 */
export async function putFolder(
  store: ArtifactStore,
  dir: string,
  { signal, onProgress }: Pick<FolderDigestOptions, 'signal' | 'onProgress'> = {},
): Promise<PutFolder> {
  const folder = resolve(dir);
  signal?.throwIfAborted();
  const names = await listFiles(folder);
  if (names.length === 0) {
    throw new MaskloopError('EmptyFolder', `${folder} holds no file that is not hidden.`, { facts: { folder } });
  }
  const found = new Map<string, ListedFile>();
  const copied = { files: 0, bytes: 0 };
  const held = new Map<string, Promise<ArtifactRef>>();
  const gone = await forgottenHashes(store);
  const forgotten: string[] = [];
  await eachAtOnce(names, signal, async (name, _, stop) => {
    const put = await putFile(store, join(folder, name), { held, gone, stop });
    if (put === 'forgotten') {
      forgotten.push(name);
      return;
    }
    found.set(name, { name, ...put.ref });
    if (put.isNew) copied.files += 1;
    if (put.isNew) copied.bytes += put.ref.bytes;
    onProgress?.({ done: found.size, total: names.length });
  });
  if (forgotten.length > 0) throw frameForgotten(folder, forgotten.toSorted());
  const files = names.flatMap((name) => found.get(name) ?? []);
  const list: FileList = { schema: FILE_LIST_SCHEMA, files };
  const content = Buffer.from(`${JSON.stringify(list, null, 1)}\n`);
  parseFileList(content, folder);
  const manifest = await store.put(content);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { folder: folderOfList(manifest, digestOfList(files), files.length), bytes, copied };
}

/**
 * A file that changes between the two looks is listed as the bytes that were copied.
 *
 * @param running `held`: what this run copies, by the hash that it had; equal files are copied once. `gone`: hashes of what was
 *   forgotten
 */
async function putFile(
  store: ArtifactStore,
  path: string,
  {
    held,
    gone,
    stop,
  }: {
    readonly held: Map<string, Promise<ArtifactRef>>;
    readonly gone: ReadonlySet<string>;
    readonly stop: AbortSignal;
  },
): Promise<{ readonly ref: ArtifactRef; readonly isNew: boolean } | 'forgotten'> {
  try {
    const sha256 = await hashFile(path, stop);
    if (gone.has(sha256)) return 'forgotten';
    const { size } = await stat(path);
    if (await holdsSound(store, { sha256, bytes: size }, stop)) return { ref: contentRef(sha256, size), isNew: false };
    const equal = held.get(sha256);
    // What was copied of it may be another content by then.
    if (equal !== undefined && (await equal).sha256 === sha256) return { ref: await equal, isNew: false };
    const ref = store.put(createReadStream(path, { signal: stop }));
    held.set(sha256, ref);
    return { ref: await ref, isNew: true };
  } catch (error) {
    throw unreadable(error, path);
  }
}
