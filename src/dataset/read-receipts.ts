import type { Receipt } from '../contracts/receipt.ts';
import { receiptName } from '../contracts/ids.ts';
import { readLinks, type ChainPlace } from '../receipts/chain.ts';
import { parseReceipt } from '../receipts/parse-receipt.ts';
import { readAmendments, type KeptAmendment } from '../receipts/read-amendments.ts';
import { finishedIds, readReceipt } from '../receipts/read-receipt.ts';
import type { ArtifactStore } from '../storage/store.ts';

/** One receipt and what was corrected after it. */
export interface ChainedReceipt {
  readonly receipt: Receipt;
  /** Of its bytes; null for one that is in no chain. */
  readonly sha256: string | null;
  /** The oldest first. */
  readonly amendments: readonly KeptAmendment[];
}

/**
 * All receipts of a connection and project, the oldest first: those from before there were chains by their end, then the
 * chain.
 *
 * @throws MaskloopError `ArtifactMissing`, `ArtifactCorrupt`, `StoreUnreachable`
 */
export async function readReceipts(store: ArtifactStore, place: ChainPlace): Promise<readonly ChainedReceipt[]> {
  const before: ChainedReceipt[] = [];
  for (const id of await finishedIds(store)) {
    const receipt = await readReceipt(store, id);
    const isOfPlace = receipt?.input.connection === place.connection && receipt.input.project === place.project;
    if (receipt !== null && isOfPlace && receipt.chain === undefined) {
      before.push({ receipt, sha256: null, amendments: await correctionsOf(store, id) });
    }
  }
  const chain: ChainedReceipt[] = [];
  for (const { id, receipt } of await readLinks(store, place)) {
    const parsed = parseReceipt(await store.get(receipt), receiptName(id));
    chain.push({ receipt: parsed, sha256: receipt.sha256, amendments: await correctionsOf(store, id) });
  }
  return [...before.toSorted((a, b) => (a.receipt.endedAt < b.receipt.endedAt ? -1 : 1)), ...chain];
}

/**
 * Amendments for which the task was sealed anew. The others say that an iteration of the same task took labels over; what
 * it made of them stands in a receipt of its own.
 */
async function correctionsOf(store: ArtifactStore, id: string): Promise<readonly KeptAmendment[]> {
  return (await readAmendments(store, id)).filter(({ amendment }) => amendment.seal !== undefined);
}
