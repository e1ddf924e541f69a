import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isMaskloopError } from '../contracts/error.ts';
import { contentRef } from './content-address.ts';
import type { ArtifactStore } from './store.ts';

/**
 * True if the store holds bytes of this hash and length, by reading them: a length alone says nothing of what a failing disk has
 * done to them.
 *
 * @param sha256 lower-case hex
 * @throws what the store throws for other reasons than that they are missing or damaged; the signal's reason if aborted
 */
export async function holdsSound(
  store: ArtifactStore,
  { sha256, bytes }: { readonly sha256: string; readonly bytes: number },
  signal?: AbortSignal,
): Promise<boolean> {
  if ((await store.sizeOf(sha256)) !== bytes) return false;
  try {
    const content = await store.open(contentRef(sha256, bytes));
    await pipeline(content, new Writable({ write: (_chunk, _encoding, done) => done() }), { signal });
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    if (isMaskloopError(error, 'ArtifactMissing') || isMaskloopError(error, 'ArtifactCorrupt')) return false;
    throw error;
  }
}
