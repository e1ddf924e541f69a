import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { errnoOf } from './errno.ts';
import { inStore } from './store-failure.ts';

/** A file that is written and on the disk, but not yet at its place. */
export interface StagedFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Makes the entries of a folder survive a power cut. Some file systems cannot; they are taken as they are. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!['EINVAL', 'EISDIR', 'EPERM', 'ENOTSUP', 'EACCES'].includes(errnoOf(error) ?? '')) throw error;
  }
}

async function ensureFolder(folder: string): Promise<void> {
  const firstMade = await mkdir(folder, { recursive: true });
  if (firstMade === undefined) return;
  for (let made = folder; made.length >= firstMade.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function* chunksOf(content: Uint8Array | Readable): AsyncGenerator<Uint8Array> {
  if (ArrayBuffer.isView(content)) {
    yield content;
    return;
  }
  const chunks: AsyncIterable<Uint8Array | string> = content;
  for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/**
 * Writes content to a new hidden file in `folder` and brings it to the disk. On any failure nothing stays behind;
 * a failure of the content's own stream is passed on as it is.
 *
 * @throws MaskloopError `StoreUnreachable` if the file cannot be written
 */
export async function stageFile(folder: string, content: Uint8Array | Readable): Promise<StagedFile> {
  const path = join(folder, `.${randomUUID()}.tmp`);
  const task = 'write';
  await inStore('make the folder', folder, () => ensureFolder(folder));
  const handle = await inStore(task, path, () => open(path, 'wx'));
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of chunksOf(content)) {
      hash.update(chunk);
      bytes += chunk.length;
      await inStore(task, path, () => handle.writeFile(chunk));
    }
    await inStore(task, path, () => handle.sync());
    await inStore(task, path, () => handle.close());
    return { path, sha256: hash.digest('hex'), bytes };
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Removes a staged file that is not needed; one that cannot be removed stays, and is never read. */
export async function discardFile(staged: StagedFile): Promise<void> {
  await rm(staged.path, { force: true }).catch(() => undefined);
}

/**
 * Moves a staged file to its place in one step; readers see the old content or the new, never a part.
 *
 * @throws MaskloopError `StoreUnreachable`
 */
export async function settleFile(staged: StagedFile, target: string): Promise<void> {
  const folder = dirname(target);
  try {
    await inStore('write', target, async () => {
      await ensureFolder(folder);
      await rename(staged.path, target);
      await syncFolder(folder);
    });
  } catch (error) {
    await discardFile(staged);
    throw error;
  }
}

/**
 * Gives a staged file its place in one step if nothing is there, which a rename would replace. Needs a file system with
 * hard links.
 *
 * @returns false if something is there; it stays as it is
 * @throws MaskloopError `StoreUnreachable`
 */
export async function settleNewFile(staged: StagedFile, target: string): Promise<boolean> {
  const folder = dirname(target);
  try {
    return await inStore('write', target, async () => {
      await ensureFolder(folder);
      const isFirst = await linkNew(staged.path, target);
      await syncFolder(folder);
      return isFirst;
    });
  } finally {
    await discardFile(staged);
  }
}

async function linkNew(path: string, target: string): Promise<boolean> {
  try {
    await link(path, target);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}
