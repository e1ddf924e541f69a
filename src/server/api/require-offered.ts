import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MaskloopError } from '../../contracts/error.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { FolderRef } from '../../contracts/refs.ts';

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
  for (const folder of named) {
    if (folder === null || folder === undefined || !folder.uri.startsWith('file:')) continue;
    const place = pathOf(folder.uri);
    if (place !== null && roots.some((root) => isWithin(place, root))) continue;
    throw new MaskloopError('FolderNotOffered', `${folder.uri} is in none of the folders that this server offers.`, {
      facts: { uri: folder.uri },
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

function isWithin(place: string, root: string): boolean {
  const relative = path.relative(root, place);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
