import { contentsInPlace, folderPath } from '../../storage/contents-in-place.ts';
import { listFiles } from '../../storage/folder-files.ts';
import { verifyContents } from '../../storage/verify-contents.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import { isImageFile } from '../image-files.ts';
import type { PoolImages, PoolPlace } from './pool-images.ts';

const nowhere = (): null => null;

/** Images of a folder that stays as it is, in place or in the store. @throws MaskloopError as `verifyContents` */
export async function filesPool({ store, signal, report }: PoolPlace, images: FolderRef): Promise<PoolImages> {
  const onProgress = (progress: { readonly done: number; readonly total: number }): void =>
    report({ phase: 'hashes', ...progress });
  const contents = await verifyContents(store, images, { signal, onProgress });
  const hashes = new Map(contents.names.map((name, index) => [name, contents.hashAt(index)]));
  return {
    names: contents.names.filter(isImageFile),
    hashOf: (name) => hashes.get(name) ?? null,
    read: async (name) => contents.read(name),
    imageIdOf: nowhere,
  };
}

/** Images of a folder that grows, as they are now; only those that are looked at are read. @throws MaskloopError `UnreadableFile` */
export async function folderPool(uri: string): Promise<PoolImages> {
  const folder = folderPath({ uri, sha256: '', files: 0 });
  const contents = contentsInPlace(folder, await listFiles(folder));
  return {
    names: contents.names.filter(isImageFile),
    hashOf: nowhere,
    read: async (name) => contents.read(name),
    imageIdOf: nowhere,
  };
}
