import { FILE_LIST_SCHEMA, type FileList, type ListedFile } from '../contracts/file-list.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { FolderRef } from '../contracts/refs.ts';
import { contentRef } from './content-address.ts';
import { hashBytes } from './file-hash.ts';
import { forgottenHashes, frameForgotten } from './forgotten-files.ts';
import { holdsSound } from './holds-sound.ts';
import { parseFileList } from './parse-file-list.ts';
import { readArchive, type ArchiveLimits } from './read-archive.ts';
import type { ArtifactStore } from './store.ts';
import { digestOfList } from './stored-contents.ts';
import { folderOfList } from './stored-folder.ts';

/** What somebody's zip file of masks or images may be. A PNG hardly gets smaller in it; a BMP of one colour does. */
export const UPLOAD_LIMITS: ArchiveLimits = {
  entries: 200_000,
  totalBytes: 2 ** 36,
  entryBytes: 2 ** 28,
  ratio: 200,
};

/**
 * Puts the files of a zip archive into the store as a folder. If all of them lie in one folder of the archive, its name is no part of
 * theirs, as when that folder itself is put; hidden files, and what macOS adds, are left out.
 *
 * @param path of the archive
 * @throws MaskloopError `ZipRefused`; `FrameForgotten` naming what was forgotten on purpose; what the store throws; the signal's reason if aborted
 */
export async function unpackArchive(
  store: ArtifactStore,
  path: string,
  {
    signal,
    onFile,
    limits = UPLOAD_LIMITS,
  }: { readonly signal?: AbortSignal; readonly onFile?: (files: number) => void; readonly limits?: ArchiveLimits } = {},
): Promise<FolderRef> {
  const gone = await forgottenHashes(store);
  const found: ListedFile[] = [];
  const forgotten: string[] = [];
  try {
    for await (const { name, bytes } of readArchive(path, isMeant, limits)) {
      signal?.throwIfAborted();
      const ref = contentRef(hashBytes(bytes), bytes.length);
      if (gone.has(ref.sha256)) forgotten.push(name);
      else if (!(await holdsSound(store, ref, signal))) await store.put(bytes);
      found.push({ name, ...ref });
      onFile?.(found.length);
    }
  } catch (error) {
    throw isMaskloopError(error, 'ArchiveRefused') ? refused(problemIn(error), error) : error;
  }
  if (forgotten.length > 0) throw frameForgotten('The zip file', forgotten.toSorted());
  if (found.length === 0) throw refused('it holds no file that is not hidden');
  return listed(store, withoutTop(found));
}

async function listed(store: ArtifactStore, files: readonly ListedFile[]): Promise<FolderRef> {
  const list: FileList = { schema: FILE_LIST_SCHEMA, files };
  const sorted = parseFileList(Buffer.from(JSON.stringify(list)), 'The zip file');
  const content = Buffer.from(`${JSON.stringify({ ...list, files: sorted }, null, 1)}\n`);
  return folderOfList(await store.put(content), digestOfList(sorted), sorted.length);
}

function isMeant(name: string): boolean {
  return !name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
}

/** Names below the one folder that all files lie in; as they are if there is none. */
function withoutTop(files: readonly ListedFile[]): readonly ListedFile[] {
  const tops = new Set(files.map(({ name }) => name.slice(0, name.indexOf('/') + 1)));
  const [top = ''] = tops;
  return tops.size > 1 || top === '' ? files : files.map((file) => ({ ...file, name: file.name.slice(top.length) }));
}

function problemIn({ facts: { problem } }: MaskloopError): string {
  return typeof problem === 'string' ? problem : 'it is damaged';
}

function refused(problem: string, cause?: unknown): MaskloopError {
  return new MaskloopError('ZipRefused', `The zip file cannot be unpacked: ${problem.replace(/\.+$/, '')}.`, {
    facts: { problem },
    cause,
  });
}
