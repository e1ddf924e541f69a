import { fileURLToPath } from 'node:url';
import { MaskloopError } from '../contracts/error.ts';
import { createFolderStore } from './folder-store.ts';
import type { ArtifactStore } from './store.ts';

/**
 * The store at an address: the path of a folder (a relative one from the working directory) or its `file:///…` address.
 * Touches nothing: whether the folder can be written shows on the first use.
 *
 * @throws MaskloopError `InvalidConfiguration` for any other address
 */
export function openStore(address: string): ArtifactStore {
  return createFolderStore(folderOf(address));
}

function folderOf(address: string): string {
  if (address.trim() === '') throw unusable(address, 'it is empty');
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return address;
  if (scheme === 's3') throw unusable(address, 'this version stores in folders only');
  if (scheme !== 'file') throw unusable(address, `a store is a folder or a file:// address, not ${scheme}:`);
  try {
    return fileURLToPath(address);
  } catch (error) {
    throw unusable(address, 'it names no folder of this machine', error);
  }
}

/** The message leaves out credentials that somebody wrote into the address. */
function unusable(address: string, reason: string, cause?: unknown): MaskloopError {
  const shown = address.replace(/\/\/[^/]*@/, '//').replace(/[?#].*$/s, '');
  return new MaskloopError('InvalidConfiguration', `The store address '${shown}' cannot be used: ${reason}.`, {
    facts: { address: shown, reason },
    cause,
  });
}
