import { z } from 'zod';
import { FILE_LIST_SCHEMA, type FileList, type ListedFile } from '../../contracts/file-list.ts';
import { stemOf } from '../../contracts/file-stem.ts';
import { MaskloopError } from '../../contracts/error.ts';
import type { ArtifactRef, FolderRef } from '../../contracts/refs.ts';
import { openContents } from '../../storage/open-contents.ts';
import { describeStoredFolder } from '../../storage/stored-folder.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Running } from '../durable.ts';

const listSchema = z.object({ samples: z.array(z.object({ name: z.string() })) });

/** Names of the frames that were chosen. */
async function chosenNames(store: ArtifactStore, list: ArtifactRef): Promise<readonly string[]> {
  const parsed = listSchema.safeParse(JSON.parse(new TextDecoder().decode(await store.get(list))));
  if (parsed.success) return parsed.data.samples.map(({ name }) => name);
  throw new MaskloopError('ArtifactCorrupt', `${list.uri} is no list of samples.`, { facts: { uri: list.uri } });
}

/**
 * The masks of the frames that were chosen, put into the store as a folder of their own: those of the same path but for the
 * ending. Null where none of the frames has one; a frame without a mask begins empty.
 *
 * @throws MaskloopError `UnreadableFile`, `InvalidFileList`, and what the store throws
 */
export async function masksOfSamples(
  store: ArtifactStore,
  { masks, list }: { readonly masks: FolderRef; readonly list: ArtifactRef },
  { signal, report }: Pick<Running, 'signal' | 'report'>,
): Promise<FolderRef | null> {
  const contents = await openContents(store, masks);
  const byStem = new Map(contents.names.map((name) => [stemOf(name), name]));
  const wanted = (await chosenNames(store, list)).flatMap((name) => byStem.get(stemOf(name)) ?? []);
  const files: ListedFile[] = [];
  for (const name of wanted) {
    signal.throwIfAborted();
    files.push({ name, ...(await store.put(await contents.open(name))) });
    report({ phase: 'masks', done: files.length, total: wanted.length });
  }
  if (files.length === 0) return null;
  const document: FileList = { schema: FILE_LIST_SCHEMA, files };
  const { uri } = await store.put(Buffer.from(`${JSON.stringify(document, null, 1)}\n`));
  return describeStoredFolder(store, uri, { signal });
}
