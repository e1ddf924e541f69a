import { TRAINING_SETS } from '../../contracts/ids.ts';
import type { TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { readHead } from './set-chain.ts';

/** The training set of another trainer as it is now. */
export interface OtherSet {
  readonly chain: string;
  readonly set: TrainingSet;
}

/**
 * The training sets of all trainers but one.
 *
 * @param chain that of the one
 * @throws MaskloopError `ArtifactCorrupt`; what the store throws
 */
export async function otherSets(store: ArtifactStore, chain: string): Promise<readonly OtherSet[]> {
  const names = await store.listNamed(TRAINING_SETS);
  const chains = new Set(names.map((name) => name.slice(TRAINING_SETS.length).split('/')[0] ?? ''));
  const found: OtherSet[] = [];
  for (const other of chains) {
    const head = other === chain ? null : await readHead(store, other);
    if (head !== null) found.push({ chain: other, set: head.set });
  }
  return found;
}
