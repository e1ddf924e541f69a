import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MaskloopError } from '../../contracts/error.ts';
import { hashInAddress } from '../../storage/content-address.ts';
import { isWithin } from '../../storage/is-within.ts';
import type { Principal } from '../access/principal.ts';
import { unknownFile, type FileSight } from './file-sight.ts';
import { namedRefs } from './named-refs.ts';

/** What may be named in a start, a plan, a loop or a check. */
export interface Naming {
  /** Absolute folders of the workers' machine that the operator offers. */
  readonly roots: readonly string[];
  readonly sight: FileSight;
}

/**
 * The one rule of what a document that somebody sends may name: folders of the workers' machine below those that are offered, since a worker would
 * read whatever it is told to, and put it into CVAT; and files of the store that he may know of.
 *
 * @throws MaskloopError `FolderNotOffered`, `FileUnknown`
 */
export async function requireOffered(document: unknown, who: Principal, { roots, sight }: Naming): Promise<void> {
  const refs = namedRefs(document);
  requireOfferedUris(
    refs.map(({ uri }) => uri),
    roots,
  );
  for (const { sha256, isSound } of refs) {
    if (sha256 === null) continue;
    if (!isSound) throw unknownFile(sha256);
    await sight.require(who, sha256);
  }
}

/**
 * The same for the policy of a loop in the store. Of one that an answer has told, all files of the store that it names may be named.
 *
 * @throws MaskloopError `FolderNotOffered`, `FileUnknown`
 */
export async function requireOfferedPolicy(
  { policy, sha256 }: { readonly policy: unknown; readonly sha256: string },
  who: Principal,
  naming: Naming,
): Promise<void> {
  const isTold = naming.sight.isTold(who, sha256);
  await requireOffered(policy, isTold ? { ...who, connections: null } : who, naming);
}

/**
 * The same for paths of this machine, and addresses in the store.
 *
 * @param known addresses that may be named as well; asked for where they are needed
 * @throws MaskloopError `FolderNotOffered`, `FileUnknown`
 */
export async function requireOfferedPaths(
  places: readonly string[],
  who: Principal,
  { roots, sight }: Naming,
  known: () => Promise<readonly string[]>,
): Promise<void> {
  const uris = places.map((place) => (hashInAddress(place) === null ? pathToFileURL(place).href : place));
  const isPlain = (uri: string): boolean => {
    const sha256 = hashInAddress(uri);
    return sha256 === null ? roots.some((root) => isWithin(pathOf(uri) ?? '/', root)) : sight.has(who, sha256);
  };
  const may = uris.every(isPlain) ? [] : await known();
  const named = uris.filter((uri) => !may.includes(uri)).map((uri) => ({ uri }));
  await requireOffered(named, who, { roots, sight });
}

/** The same for a folder of the workers' machine. @throws MaskloopError `FolderNotOffered` */
export function requireOfferedFolder(folder: string, roots: readonly string[]): void {
  requireOfferedUris([pathToFileURL(folder).href], roots);
}

function requireOfferedUris(uris: readonly string[], roots: readonly string[]): void {
  for (const uri of uris) {
    if (!uri.startsWith('file:')) continue;
    const place = pathOf(uri);
    if (place !== null && roots.some((root) => isWithin(place, root))) continue;
    throw new MaskloopError('FolderNotOffered', `${uri} is in none of the folders that this server offers.`, {
      facts: { uri },
    });
  }
}

function pathOf(uri: string): string | null {
  try {
    return path.resolve(fileURLToPath(uri));
  } catch {
    return null;
  }
}
