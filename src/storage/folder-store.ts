import { open, readFile, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { ArtifactRef } from '../contracts/refs.ts';
import { CONTENT_FOLDER, contentPath, contentRef, locateArtifact } from './content-address.ts';
import { documentName, documentPath, folderOfPrefix } from './document-path.ts';
import { isAbsent } from './errno.ts';
import { hashBytes, hashFile } from './file-hash.ts';
import { inStore } from './store-failure.ts';
import { readFailure, verifiedBytes, verifiedStream } from './read-artifact.ts';
import type { ArtifactStore } from './store.ts';
import { discardFile, settleFile, settleNewFile, stageFile } from './whole-file.ts';

/** Name of the folder that holds named documents. */
const DOCUMENT_FOLDER = 'named';

/**
 * A store in a folder of this machine, or of a file system that all workers mount:
 *
 * - `sha256/ab/abcd…`: artifacts by content;
 * - `named/receipts/SurgVU/Iteration_1.json@`: documents by name; see `document-path`.
 *
 * Everything is written beside its place, brought to the disk and renamed (or linked, where nothing may be replaced), so any number of processes may write at once
 * and a crash leaves nothing but hidden temporary files, which are never read. The folder is made on the first write.
 *
 * @throws (all methods) MaskloopError `StoreUnreachable` also for a full disk or a missing permission: both heal outside of an iteration
 */
export function createFolderStore(folder: string): ArtifactStore {
  const root = resolve(folder);
  const documents = join(root, DOCUMENT_FOLDER);
  return {
    address: root,
    put: (content) => (ArrayBuffer.isView(content) ? putBytes(root, content) : putStream(root, content)),
    get: (ref) => getArtifact(root, ref),
    open: (ref) => openArtifact(root, ref),
    sizeOf: async (sha256) => sizeOfArtifact(root, sha256),
    localPath: async (sha256) => pathOfArtifact(root, sha256),
    async remove(sha256) {
      const path = join(root, contentPath(sha256));
      await inStore('remove', path, () => rm(path, { force: true }));
    },
    async putNamed(name, content) {
      const target = join(documents, ...documentPath(name));
      await settleFile(await stageFile(dirname(target), content), target);
    },
    async createNamed(name, content) {
      const target = join(documents, ...documentPath(name));
      return settleNewFile(await stageFile(dirname(target), content), target);
    },
    async removeNamed(name) {
      const path = join(documents, ...documentPath(name));
      await inStore('remove', path, () => rm(path, { force: true }));
    },
    async getNamed(name) {
      const path = join(documents, ...documentPath(name));
      return inStore('read', path, () => orNull(readFile(path)));
    },
    async listNamed(prefix) {
      const names = await documentsBelow(documents, folderOfPrefix(prefix));
      return names.filter((name) => name.startsWith(prefix)).toSorted();
    },
  };
}

async function putBytes(root: string, content: Uint8Array): Promise<ArtifactRef> {
  const ref = contentRef(hashBytes(content), content.length);
  if (!(await holds(root, ref.sha256))) await settleFile(await stageFile(staging(root), content), placeOf(root, ref));
  return ref;
}

async function putStream(root: string, content: Readable): Promise<ArtifactRef> {
  const staged = await stageFile(staging(root), content);
  const ref = contentRef(staged.sha256, staged.bytes);
  if (await holds(root, ref.sha256)) await discardFile(staged);
  else await settleFile(staged, placeOf(root, ref));
  return ref;
}

function staging(root: string): string {
  return join(root, CONTENT_FOLDER);
}

function placeOf(root: string, ref: ArtifactRef): string {
  return join(root, contentPath(ref.sha256));
}

/** True if the bytes are there and sound. Reading them lets a second `put` mend what a failing disk has damaged. */
async function holds(root: string, sha256: string): Promise<boolean> {
  const path = join(root, contentPath(sha256));
  return inStore('read', path, async () => (await orNull(hashFile(path))) === sha256);
}

async function getArtifact(root: string, ref: ArtifactRef): Promise<Uint8Array> {
  const file = locateArtifact(root, ref);
  const bytes = await readFile(file.path).catch((error: unknown) => {
    throw readFailure(error, file, ref);
  });
  return verifiedBytes(bytes, ref);
}

async function openArtifact(root: string, ref: ArtifactRef): Promise<Readable> {
  const file = locateArtifact(root, ref);
  const handle = await open(file.path, 'r').catch((error: unknown) => {
    throw readFailure(error, file, ref);
  });
  return verifiedStream(handle, file, ref);
}

async function pathOfArtifact(root: string, sha256: string): Promise<string> {
  const ref = contentRef(sha256, 0);
  const file = locateArtifact(root, ref);
  await stat(file.path).catch((error: unknown) => {
    throw readFailure(error, file, ref);
  });
  return file.path;
}

async function sizeOfArtifact(root: string, sha256: string): Promise<number | null> {
  const path = join(root, contentPath(sha256));
  return (await inStore('read', path, () => orNull(stat(path))))?.size ?? null;
}

async function documentsBelow(documents: string, parts: readonly string[]): Promise<string[]> {
  const path = join(documents, ...parts);
  const entries = await inStore('list', path, () => orNull(readdir(path, { withFileTypes: true })));
  const names: string[] = [];
  for (const entry of entries ?? []) {
    const inner = [...parts, entry.name];
    const name = entry.isFile() ? documentName(inner) : null;
    if (name !== null) names.push(name);
    else if (entry.isDirectory()) names.push(...(await documentsBelow(documents, inner)));
  }
  return names;
}

/** Null where the file or folder does not exist. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
