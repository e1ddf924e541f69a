import { amendmentName } from '../../contracts/ids.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { AmendedFrame, Amendment, AmendmentRef } from '../../contracts/training-set.ts';
import { readAmendments, type KeptAmendment } from '../../receipts/read-amendments.ts';
import type { ArtifactStore } from '../../storage/store.ts';

async function refOf(store: ArtifactStore, { name, bytes, amendment }: KeptAmendment): Promise<AmendmentRef> {
  return { name, document: await store.put(bytes), id: amendment.id, frames: amendment.frames.length };
}

/**
 * The amendments of an iteration that another one wrote.
 *
 * @param sealed true for those that come of a task that was sealed anew for them, false for those of the task's own iteration
 */
export async function amendmentsBy(
  store: ArtifactStore,
  id: string,
  { by, sealed }: { readonly by: string; readonly sealed: boolean },
): Promise<readonly AmendmentRef[]> {
  const kept = await readAmendments(store, id);
  const own = kept.filter(({ amendment }) => amendment.by === by && (amendment.seal !== undefined) === sealed);
  return Promise.all(own.map((one) => refOf(store, one)));
}

/**
 * Notes what an iteration changes of an earlier one, before it does so. Amendments are never changed; a further try finds
 * the one that it has written.
 */
export async function writeAmendment(
  store: ArtifactStore,
  amended: {
    readonly id: string;
    readonly by: string;
    readonly seal: ArtifactRef | null;
    readonly frames: readonly AmendedFrame[];
  },
): Promise<AmendmentRef> {
  const { id, by, seal } = amended;
  const frames = amended.frames.toSorted((a, b) => (a.imageId < b.imageId ? -1 : 1));
  for (;;) {
    const kept = await readAmendments(store, id);
    // Only the last one: what was corrected and undone may be corrected again.
    const own = kept.findLast(({ amendment }) => amendment.by === by);
    const isWritten = JSON.stringify(own?.amendment.frames) === JSON.stringify(frames);
    if (own !== undefined && isWritten) return refOf(store, own);
    const number = (kept.at(-1)?.amendment.number ?? 0) + 1;
    const amendment: Amendment = {
      schema: 'maskloop.amendment/1',
      id,
      number,
      by,
      at: new Date().toISOString(),
      ...(seal === null ? {} : { seal }),
      frames,
    };
    const bytes = Buffer.from(`${JSON.stringify(amendment, null, 2)}\n`);
    const name = amendmentName(id, number);
    if (await store.createNamed(name, bytes)) return refOf(store, { name, bytes, amendment });
  }
}
