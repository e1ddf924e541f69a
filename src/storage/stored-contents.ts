import { MaskloopError } from '../contracts/error.ts';
import type { ListedFile } from '../contracts/file-list.ts';
import type { ArtifactRef, FolderRef } from '../contracts/refs.ts';
import { filesDigest } from './folder-digest.ts';
import type { FolderContents } from './folder-contents.ts';
import { parseFileList } from './parse-file-list.ts';
import type { ArtifactStore } from './store.ts';

/** Files of a folder in the store. */
export interface StoredContents extends FolderContents {
  /** In the order of the names. */
  readonly files: readonly ListedFile[];
}

/**
 * The files that a list in the store names.
 *
 * @throws MaskloopError `InvalidFileList`; `ArtifactCorrupt` if they are not what the reference says; what the store throws
 */
export async function storedContents(
  store: ArtifactStore,
  ref: Pick<FolderRef, 'sha256'>,
  manifest: ArtifactRef,
): Promise<StoredContents> {
  const where = manifest.uri;
  const files = await readFileList(store, ref, manifest);
  const byName = new Map(files.map((file) => [file.name, file]));
  const fileOf = (name: string): ListedFile => {
    const file = byName.get(name);
    if (file !== undefined) return file;
    throw new MaskloopError('InvalidFileList', `${where} names no file "${name}".`, {
      facts: { uri: where, file: name },
    });
  };
  return {
    where,
    files,
    names: files.map(({ name }) => name),
    sizeOf: async (name) => fileOf(name).bytes,
    read: async (name) => store.get(fileOf(name)),
    open: async (name) => store.open(fileOf(name)),
    pathOf: async (name) => store.localPath(fileOf(name).sha256),
  };
}

/**
 * The files that a list in the store names, in the order of their names.
 *
 * @throws MaskloopError as {@link storedContents}
 */
export async function readFileList(
  store: Pick<ArtifactStore, 'get'>,
  ref: Pick<FolderRef, 'sha256'>,
  manifest: ArtifactRef,
): Promise<readonly ListedFile[]> {
  const where = manifest.uri;
  const files = parseFileList(await store.get(manifest), where);
  const found = digestOfList(files);
  if (found === ref.sha256) return files;
  throw new MaskloopError('ArtifactCorrupt', `The files of ${where} have the digest ${found}, not ${ref.sha256}.`, {
    facts: { uri: where, expected: ref.sha256, found },
  });
}

/** The digest that a folder in place with these files has. */
export function digestOfList(files: readonly ListedFile[]): string {
  return filesDigest(
    files.map(({ name }) => name),
    (index) => files[index]?.sha256 ?? '',
  );
}
