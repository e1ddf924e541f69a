import { MaskloopError } from '../contracts/error.ts';
import type { ShareRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { isImageFile } from './image-files.ts';

/**
 * Paths of images in CVAT's share: those of a list as they stand there, or all that a folder and its subfolders hold.
 *
 * @throws MaskloopError `NoImages`
 */
export async function shareFiles(
  { cvat, store }: { cvat: Cvat; store: ArtifactStore },
  share: ShareRef,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const files = 'list' in share ? await readList(store, share.list) : await listFolder(cvat, share.folder, signal);
  if (files.length > 0) return files;
  const where = 'list' in share ? `The list ${share.list.uri}` : `The folder "${share.folder}" of CVAT's share`;
  throw new MaskloopError('NoImages', `${where} names no image.`, { facts: { share: where } });
}

/** One path a line; blank lines do not count. */
async function readList(
  store: ArtifactStore,
  list: Extract<ShareRef, { list: unknown }>['list'],
): Promise<readonly string[]> {
  const lines = new TextDecoder().decode(await store.get(list)).split(/\r?\n/);
  return lines.map((line) => line.trim().replace(/^\/+/, '')).filter((line) => line !== '');
}

async function listFolder(cvat: Cvat, folder: string, signal: AbortSignal): Promise<readonly string[]> {
  const root = folder.replace(/^\/+|\/+$/g, '');
  const files: string[] = [];
  const open = [root];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    for (const entry of await cvat.listShare(path, signal)) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.kind === 'folder') open.push(inside);
      else if (isImageFile(entry.name)) files.push(inside);
    }
  }
  return files;
}
