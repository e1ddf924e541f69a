import type { Receipt } from '../contracts/receipt.ts';
import { receiptName } from '../contracts/ids.ts';
import { readLinks, type ChainPlace } from '../receipts/chain.ts';
import { parseReceipt } from '../receipts/parse-receipt.ts';
import { finishedIds, readReceipt } from '../receipts/read-receipt.ts';
import type { ArtifactStore } from '../storage/store.ts';

/** One receipt and the hash of its bytes; null for one that is in no chain. */
export interface ChainedReceipt {
  readonly receipt: Receipt;
  readonly sha256: string | null;
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
    if (receipt !== null && isOfPlace && receipt.chain === undefined) before.push({ receipt, sha256: null });
  }
  const chain: ChainedReceipt[] = [];
  for (const { id, receipt } of await readLinks(store, place)) {
    chain.push({ receipt: parseReceipt(await store.get(receipt), receiptName(id)), sha256: receipt.sha256 });
  }
  return [...before.toSorted((a, b) => (a.receipt.endedAt < b.receipt.endedAt ? -1 : 1)), ...chain];
}
