import type { Connection } from '../dependencies.ts';
import type { SampleList } from '../../contracts/selection.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { framesOfPeople } from './frames-of-people.ts';
import type { Pool } from './pool.ts';
import type { SelectionPolicy } from './policy-document.ts';

/** Frames that are not to be chosen again. */
export interface UsedFrames {
  readonly names: ReadonlySet<string>;
  /** SHA-256 of their images, as far as they are known. */
  readonly hashes: ReadonlySet<string>;
  /** Those of the loop's own lists. */
  readonly samples: readonly { readonly name: string; readonly group: string; readonly sha256: string }[];
}

/**
 * What other iterations of the loop have, and tasks of its numbers that people made, also above the one that is chosen for: they
 * will be taken as they are. Frames of the latter that are not in the pool by name are known by the content of their images.
 *
 * @throws MaskloopError `ArtifactCorrupt`; what the store and CVAT throw
 */
export async function usedFrames(
  { store, cvat, signal }: Pick<Connection, 'cvat'> & { readonly store: ArtifactStore; readonly signal: AbortSignal },
  policy: SelectionPolicy,
  { lists, number, pool }: { lists: ReadonlyMap<number, SampleList>; number: number; pool: Pool },
): Promise<UsedFrames> {
  const samples = [...lists.values()].flatMap((list) => list.samples);
  const names = new Set(samples.map(({ name }) => name));
  const hashes = new Set(samples.map(({ sha256 }) => sha256));
  for (const frame of await framesOfPeople({ store, cvat, signal }, policy, { lists, number, pool })) {
    if (frame.sha256 === null) names.add(frame.name);
    else hashes.add(frame.sha256);
  }
  return { names, hashes, samples };
}
