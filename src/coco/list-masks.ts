import type { Dirent, Stats } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MaskloopError } from '../contracts/error.ts';
import { compareNames } from '../contracts/name-order.ts';
import { unreadable } from './file-failures.ts';

/** What a mask folder holds. */
export interface MaskListing {
  /** Names of the PNG files relative to the folder, with `/` between folders, in the order of their UTF-8 bytes. */
  readonly masks: readonly string[];
  /** Entries left out: files that are not named `.png`, hidden files and folders, links that lead back up. */
  readonly ignored: number;
}

/** Entries that are asked of the system at a time. */
const ENTRIES_AT_A_TIME = 512;
/** Names as they are: a character for each byte. */
const BYTES = 'latin1';
/** One for all names: a folder may hold a million. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

interface Listing {
  readonly masks: string[];
  ignored: number;
}

/**
 * Lists the masks of a folder and its subfolders. A file is a mask if its name ends in `.png`, in any case, and does
 * not begin with a dot. Links to folders are followed, except to a folder that contains the link.
 *
 * @throws MaskloopError `UnreadableFile` for a folder or mask that cannot be looked at, is no regular file, or has a
 * name that is not UTF-8
 */
export async function listMasks(dir: string): Promise<MaskListing> {
  const listing: Listing = { masks: [], ignored: 0 };
  await listInto(listing, dir, '', []);
  return { masks: listing.masks.toSorted(compareNames), ignored: listing.ignored };
}

/**
 * The same for a folder that has to hold a mask.
 *
 * @throws MaskloopError what {@link listMasks} throws; `EmptyMaskFolder`
 */
export async function requireMasks(dir: string): Promise<MaskListing> {
  const listing = await listMasks(dir);
  if (listing.masks.length > 0) return listing;
  throw new MaskloopError('EmptyMaskFolder', `${dir} holds no PNG file.`, {
    facts: { folder: dir, ignoredFiles: listing.ignored },
  });
}

/** @param ancestors identities of the folders on the way here; a link to one of them would lead in a circle */
async function listInto(listing: Listing, dir: string, prefix: string, ancestors: readonly string[]): Promise<void> {
  const folder = join(dir, prefix);
  const self = await identityOf(folder);
  if (ancestors.includes(self)) {
    listing.ignored += 1;
    return;
  }
  for await (const entry of entriesOf(folder)) {
    const name = nameOf(entry, folder);
    const path = prefix + name;
    const kind = name.startsWith('.') ? 'other' : await kindOf(entry, join(dir, path));
    if (kind === 'folder') await listInto(listing, dir, `${path}/`, [...ancestors, self]);
    else if (kind === 'mask') listing.masks.push(path);
    else listing.ignored += 1;
  }
}

async function identityOf(folder: string): Promise<string> {
  const { dev, ino } = await attempt(folder, () => stat(folder, { bigint: true }));
  return `${dev}:${ino}`;
}

/** The entries one after the other: all at once take several times the memory of their names. */
async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  const opened = await attempt(folder, () => opendir(folder, { encoding: BYTES, bufferSize: ENTRIES_AT_A_TIME }));
  try {
    for (;;) {
      const entry = await attempt(folder, () => opened.read());
      if (entry === null) return;
      yield entry;
    }
  } finally {
    await opened.close();
  }
}

async function attempt<T>(folder: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw unreadable(folder, error);
  }
}

async function kindOf(entry: Dirent, path: string): Promise<'folder' | 'mask' | 'other'> {
  const named = path.toLowerCase().endsWith('.png');
  const target = entry.isSymbolicLink() ? await follow(path, named) : entry;
  if (target === null) return 'other';
  if (target.isDirectory()) return 'folder';
  if (!named) return 'other';
  if (!target.isFile()) throw unreadable(path, new Error('it is not a regular file'));
  return 'mask';
}

/** A broken link matters only where it is named like a mask. */
async function follow(path: string, named: boolean): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (named) throw unreadable(path, error);
    return null;
  }
}

function nameOf(entry: Dirent, folder: string): string {
  try {
    return UTF8.decode(Buffer.from(entry.name, BYTES));
  } catch (cause) {
    const file = join(folder, entry.name);
    throw new MaskloopError('UnreadableFile', `The name of ${file} is not UTF-8.`, {
      facts: { file, reason: 'name is not UTF-8' },
      cause,
    });
  }
}
