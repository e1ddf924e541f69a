import { FILE_LIST_SCHEMA, type FileList, type ListedFile } from '../contracts/file-list.ts';
import { compareNames } from '../contracts/name-order.ts';
import type { FolderRef } from '../contracts/refs.ts';
import { digestOfList } from '../storage/stored-contents.ts';
import { folderOfList } from '../storage/stored-folder.ts';
import type { ArtifactStore } from '../storage/store.ts';

/** Puts files into a store as a folder. @throws MaskloopError what reading and the store throw */
export async function putFrames(
  store: ArtifactStore,
  names: readonly string[],
  read: (name: string) => Promise<Uint8Array>,
  { signal, onFile }: { readonly signal: AbortSignal; readonly onFile: () => void },
): Promise<FolderRef> {
  const files: ListedFile[] = [];
  for (const name of names.toSorted(compareNames)) {
    signal.throwIfAborted();
    files.push({ name, ...(await store.put(await read(name))) });
    onFile();
  }
  const document: FileList = { schema: FILE_LIST_SCHEMA, files };
  const manifest = await store.put(Buffer.from(`${JSON.stringify(document, null, 1)}\n`));
  return folderOfList(manifest, digestOfList(files), files.length);
}
