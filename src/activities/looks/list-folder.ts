import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareNames } from '../../contracts/name-order.ts';
import type { FolderCounts, FolderEntry, FolderListing, FolderRequest } from '../../contracts/offered-folder.ts';
import { unreadable } from '../../storage/folder-files.ts';
import { isWithin } from '../../storage/is-within.ts';
import { isImageFile } from '../image-files.ts';
import { withinRoots } from './within-roots.ts';

/** What a folder holds, by name. */
interface Found {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly leftOut: number;
}

/**
 * A page of what a folder below the offered ones holds. Links count as what they lead to, but for those that lead out of the offered
 * folder; hidden entries are left out, as they are when the folder is read.
 *
 * @throws MaskloopError `FolderNotOffered`, `UnreadableFile`
 */
export async function listFolder({ roots, path, from, limit }: FolderRequest): Promise<FolderListing> {
  const { real, root } = await withinRoots(roots, path);
  const found = await entriesOf(real, root).catch((error: unknown) => {
    throw unreadable(error, path);
  });
  const { folders, files, leftOut } = found;
  const named = [
    ...folders.toSorted(compareNames).map((name) => ({ kind: 'folder', name }) as const),
    ...files.toSorted(compareNames).map((name) => ({ kind: 'file', name }) as const),
  ].slice(from, from + limit);
  const entries: FolderEntry[] = [];
  for (const { kind, name } of named) {
    const place = join(real, name);
    if (kind === 'folder') entries.push({ kind, name, counts: await countsBelow(place, root) });
    else entries.push({ kind, name, bytes: await bytesOf(place) });
  }
  return { path, counts: countsOf(found), leftOut, entries };
}

/** Null for a folder that may not be read. */
async function countsBelow(folder: string, root: string): Promise<FolderCounts | null> {
  return entriesOf(folder, root).then(countsOf, () => null);
}

/** 0 for a file that has gone meanwhile. */
async function bytesOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function countsOf({ folders, files }: Found): FolderCounts {
  return {
    folders: folders.length,
    files: files.length,
    pngs: files.filter((name) => /\.png$/i.test(name)).length,
    images: files.filter(isImageFile).length,
  };
}

async function entriesOf(folder: string, root: string): Promise<Found> {
  const folders: string[] = [];
  const files: string[] = [];
  let leftOut = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const target = entry.isSymbolicLink() ? await targetOf(join(folder, entry.name), root) : entry;
    if (target === null) leftOut += 1;
    else if (target.isDirectory()) folders.push(entry.name);
    else if (target.isFile()) files.push(entry.name);
  }
  return { folders, files, leftOut };
}

/** Null for a link that leads out, or nowhere. */
async function targetOf(link: string, root: string): Promise<Pick<Dirent, 'isDirectory' | 'isFile'> | null> {
  try {
    return isWithin(await realpath(link), root) ? await stat(link) : null;
  } catch {
    return null;
  }
}
