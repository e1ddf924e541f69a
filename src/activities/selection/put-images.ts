import { FILE_LIST_SCHEMA, type FileList, type ListedFile } from '../../contracts/file-list.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { compareNames } from '../../contracts/name-order.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import { digestOfList } from '../../storage/stored-contents.ts';
import { folderOfList } from '../../storage/stored-folder.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Running } from '../durable.ts';
import type { Chosen } from './choose-samples.ts';

/** Puts the images of what was chosen into the store, as a folder. @throws MaskloopError `InputChanged`, and what pool and store throw */
export async function putImages(
  store: ArtifactStore,
  { list, read }: Chosen,
  { signal, report }: Pick<Running, 'signal' | 'report'>,
): Promise<FolderRef> {
  const files: ListedFile[] = [];
  for (const sample of list.samples) {
    signal.throwIfAborted();
    const ref = await store.put(await read(sample));
    if (ref.sha256 !== sample.sha256) {
      throw new MaskloopError('InputChanged', `The image of "${sample.name}" has changed since it was chosen.`, {
        facts: { frame: sample.name },
      });
    }
    files.push({ name: sample.name, ...ref });
    report({ phase: 'images', done: files.length, total: list.samples.length });
  }
  const sorted = files.toSorted((a, b) => compareNames(a.name, b.name));
  const document: FileList = { schema: FILE_LIST_SCHEMA, files: sorted };
  const manifest = await store.put(Buffer.from(`${JSON.stringify(document, null, 1)}\n`));
  return folderOfList(manifest, digestOfList(sorted), sorted.length);
}
