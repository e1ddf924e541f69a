import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { missingFiles, MOST_HASHES, putFile } from '../api/endpoints/files.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import { FILE_LIST_SCHEMA, type FileList, type ListedFile } from '../contracts/file-list.ts';
import { contentRef } from '../storage/content-address.ts';
import { eachAtOnce } from '../storage/each-at-once.ts';
import { hashFile } from '../storage/file-hash.ts';
import { frameForgotten } from '../storage/forgotten-files.ts';
import { listFiles, unreadable } from '../storage/folder-files.ts';
import { parseFileList } from '../storage/parse-file-list.ts';
import type { PutFolder } from '../storage/put-folder.ts';
import { digestOfList } from '../storage/stored-contents.ts';
import { folderOfList } from '../storage/stored-folder.ts';
import type { ApiClient } from './api-client.ts';
import { uploadBytes } from './upload-bytes.ts';

export interface UploadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
}

/**
 * Puts all files of a folder into the store of a server, and the list of them. Only what the store lacks, or holds damaged, is sent, so
 * that a further try goes on where one broke off.
 *
 * @throws MaskloopError `EmptyFolder`, `UnreadableFile`, `InvalidFileList`, `UploadDiffers` for a file that changes meanwhile; `FrameForgotten`; what
 *   {@link ApiClient} throws; the signal's reason if aborted
 */
export async function uploadFolder(client: ApiClient, dir: string, options: UploadOptions): Promise<PutFolder> {
  const folder = resolve(dir);
  const names = await listFiles(folder);
  if (names.length === 0) {
    throw new MaskloopError('EmptyFolder', `${folder} holds no file that is not hidden.`, { facts: { folder } });
  }
  const files: ListedFile[] = [];
  const copied = { files: 0, bytes: 0 };
  for (let from = 0; from < names.length; from += MOST_HASHES) {
    const batch = await hashAll(folder, names.slice(from, from + MOST_HASHES), options.signal);
    const sent = await sendMissing(client, { folder, batch, before: from, total: names.length }, options);
    copied.files += sent.files;
    copied.bytes += sent.bytes;
    files.push(...batch);
  }
  const list: FileList = { schema: FILE_LIST_SCHEMA, files };
  const content = Buffer.from(`${JSON.stringify(list, null, 1)}\n`);
  parseFileList(content, folder);
  const manifest = await uploadBytes(client, content, options.signal);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { folder: folderOfList(manifest, digestOfList(files), files.length), bytes, copied };
}

async function hashAll(folder: string, names: readonly string[], signal: AbortSignal): Promise<readonly ListedFile[]> {
  const found: ListedFile[] = [];
  await eachAtOnce(names, signal, async (name, index, stop) => {
    const path = join(folder, name);
    try {
      const sha256 = await hashFile(path, stop);
      found[index] = { name, ...contentRef(sha256, (await stat(path)).size) };
    } catch (error) {
      throw unreadable(error, path);
    }
  });
  return found;
}

/** @throws MaskloopError `FrameForgotten` with the names that the files have here */
async function missingOf(
  client: ApiClient,
  { folder, batch }: { folder: string; batch: readonly ListedFile[] },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const files = batch.map(({ sha256, bytes }) => ({ sha256, bytes }));
  try {
    return (await client.ask(missingFiles, { body: { files }, signal })).missing;
  } catch (error) {
    if (!isMaskloopError(error, 'FrameForgotten')) throw error;
    const { sha256: hashes } = error.facts;
    const gone = new Set<unknown>(Array.isArray(hashes) ? hashes : []);
    throw frameForgotten(
      folder,
      batch.filter(({ sha256 }) => gone.has(sha256)).map(({ name }) => name),
    );
  }
}

async function sendMissing(
  client: ApiClient,
  { folder, batch, before, total }: { folder: string; batch: readonly ListedFile[]; before: number; total: number },
  { signal, onProgress }: UploadOptions,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const missing = await missingOf(client, { folder, batch }, signal);
  // Equal files are sent once.
  const first = new Map(batch.toReversed().map((file) => [file.sha256, file]));
  const wanted = [...new Set(missing)].flatMap((sha256) => first.get(sha256) ?? []);
  let done = before + batch.length - wanted.length;
  onProgress({ done, total });
  await eachAtOnce(wanted, signal, async ({ name, sha256, bytes }, _, stop) => {
    const stream = {
      contentType: 'application/octet-stream',
      bytes,
      chunks: () => createReadStream(join(folder, name), { signal: stop }),
    };
    try {
      await client.ask(putFile, { params: { sha256 }, stream, signal: stop });
    } catch (error) {
      throw unreadable(error, join(folder, name));
    }
    onProgress({ done: (done += 1), total });
  });
  return { files: wanted.length, bytes: wanted.reduce((sum, file) => sum + file.bytes, 0) };
}
