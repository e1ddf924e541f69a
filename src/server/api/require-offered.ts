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
export function requireOfferedPolicy({ pool, firstMasks, iteration }: LoopPolicy, roots: readonly string[]): void {
  const { heldOut } = iteration.training;
  requireOfferedUris(
    [
      ...(pool.kind === 'files' ? [pool.images.uri] : pool.kind === 'folder' ? [pool.uri] : []),
      ...(firstMasks.kind === 'folder' ? [firstMasks.masks.uri] : []),
      ...(heldOut?.kind === 'folder' ? [heldOut.images.uri, heldOut.masks.uri] : []),
    ],
    roots,
  );
}

/** The same for one path of this machine. @throws MaskloopError `FolderNotOffered` */
export function requireOfferedPath(place: string, roots: readonly string[]): void {
  requireOfferedUris([pathToFileURL(place).href], roots);
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
