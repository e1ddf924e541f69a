import type { SubmissionRef } from '../../contracts/training.ts';
import type { AmendmentRef, TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { amendmentsBy } from './write-amendment.ts';

type Changes = Pick<SubmissionRef, 'allAmendments' | 'amendments' | 'putBack' | 'removed' | 'tookUp'>;

/** Amendments, and iterations, that travel with the iteration. */
const MAX_SHOWN = 10;

/**
 * What an iteration has changed of labels that were there before, over all its tries: read back from the training set and
 * from the amendments that it wrote, since a further try changes nothing again.
 *
 * @throws MaskloopError `ArtifactCorrupt`; what the store throws
 */
export async function changesBy(store: ArtifactStore, id: string, set: TrainingSet): Promise<Changes> {
  const own = set.origins[id];
  const { removed = [], putBack = [], tookUp = [] } = own ?? {};
  const labels = set.frames.filter(({ by }) => tookUp.includes(by)).length;
  const written: AmendmentRef[] = [];
  for (const [other, { connection, project }] of Object.entries(set.origins)) {
    if (connection !== own?.connection || project !== own.project) continue;
    written.push(...(await amendmentsBy(store, other, { by: id, sealed: false })));
    if (tookUp.includes(other)) written.push(...(await amendmentsBy(store, other, { by: id, sealed: true })));
  }
  const list = written.length > MAX_SHOWN ? await store.put(Buffer.from(JSON.stringify(written))) : null;
  return {
    ...(putBack.length === 0 ? {} : { putBack: putBack.length }),
    ...(removed.length === 0 ? {} : { removed: removed.length }),
    ...(tookUp.length === 0 ? {} : { tookUp: { count: tookUp.length, first: tookUp.slice(0, MAX_SHOWN), labels } }),
    ...(written.length === 0 ? {} : { amendments: written.slice(0, MAX_SHOWN) }),
    ...(list === null ? {} : { allAmendments: { count: written.length, list } }),
  };
}
