import type { SubmissionRef } from '../../contracts/training.ts';
import type { AmendmentRef, TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { amendmentsBy } from './write-amendment.ts';

type Changes = Pick<SubmissionRef, 'allAmendments' | 'amendments' | 'putBack' | 'removed'>;

/** Amendments that travel with the iteration. */
const MAX_AMENDMENTS = 10;

/**
 * What an iteration has changed of labels that were there before, over all its tries: read back from the training set and
 * from the amendments that it wrote, since a further try changes nothing again.
 *
 * @throws MaskloopError `ArtifactCorrupt`; what the store throws
 */
export async function changesBy(store: ArtifactStore, id: string, set: TrainingSet): Promise<Changes> {
  const own = set.origins[id];
  const { removed = [], putBack = [] } = own ?? {};
  const written: AmendmentRef[] = [];
  for (const [other, { connection, project }] of Object.entries(set.origins)) {
    if (connection !== own?.connection || project !== own.project) continue;
    written.push(...(await amendmentsBy(store, other, { by: id, sealed: false })));
  }
  const list = written.length > MAX_AMENDMENTS ? await store.put(Buffer.from(JSON.stringify(written))) : null;
  return {
    ...(putBack.length === 0 ? {} : { putBack: putBack.length }),
    ...(removed.length === 0 ? {} : { removed: removed.length }),
    ...(written.length === 0 ? {} : { amendments: written.slice(0, MAX_AMENDMENTS) }),
    ...(list === null ? {} : { allAmendments: { count: written.length, list } }),
  };
}
