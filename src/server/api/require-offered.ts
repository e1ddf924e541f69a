import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MaskloopError } from '../../contracts/error.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import { isWithin } from '../../storage/is-within.ts';

/**
 * Lets a start name folders of the workers' machine only below those that the operator offers: a worker would read whatever it is told
 * to, and put it into CVAT.
 *
 * @param roots absolute folders
 * @throws MaskloopError `FolderNotOffered`
 */
export function requireOffered(input: IterationInput, roots: readonly string[]): void {
  const heldOut = input.training?.heldOut;
  const named: (FolderRef | null | undefined)[] = [input.masks, input.images, input.compareWith];
  if (heldOut?.kind === 'folder') named.push(heldOut.images, heldOut.masks);
  requireOfferedUris(
    named.flatMap((folder) => folder?.uri ?? []),
    roots,
  );
}

/** The same for the folders of a loop. @throws MaskloopError `FolderNotOffered` */
export function requireOfferedPolicy(policy: LoopPolicy, roots: readonly string[]): void {
  requireOfferedUris(namedFolders(policy), roots);
}

/** Addresses of the folders that a policy names. */
export function namedFolders({ pool, firstMasks, iteration }: LoopPolicy): readonly string[] {
  const { heldOut } = iteration.training;
  return [
    ...(pool.kind === 'files' ? [pool.images.uri] : pool.kind === 'folder' ? [pool.uri] : []),
    ...(firstMasks.kind === 'folder' ? [firstMasks.masks.uri] : []),
    ...(heldOut?.kind === 'folder' ? [heldOut.images.uri, heldOut.masks.uri] : []),
  ];
}

/**
 * The same for paths of this machine.
 *
 * @param known addresses that may be named as well; asked for where they are needed
 * @throws MaskloopError `FolderNotOffered`
 */
export async function requireOfferedPaths(
  places: readonly string[],
  roots: readonly string[],
  known: () => Promise<readonly string[]>,
): Promise<void> {
  const isOffered = (uri: string): boolean => roots.some((root) => isWithin(pathOf(uri) ?? '/', root));
  const others = places.map((place) => pathToFileURL(place).href).filter((uri) => !isOffered(uri));
  if (others.length === 0) return;
  const may = await known();
  requireOfferedUris(
    others.filter((uri) => !may.includes(uri)),
    roots,
  );
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
