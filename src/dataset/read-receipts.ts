import type { Receipt } from '../contracts/receipt.ts';
import { receiptName } from '../contracts/ids.ts';
import { readLinks, type ChainPlace } from '../receipts/chain.ts';
import { parseReceipt } from '../receipts/parse-receipt.ts';
import { readAmendments, type KeptAmendment } from '../receipts/read-amendments.ts';
import { finishedIds, readReceipt } from '../receipts/read-receipt.ts';
import { eachAtOnce } from '../storage/each-at-once.ts';
import type { DatasetDocuments } from './dataset-source.ts';
import { placeOf } from './find-place.ts';

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
export async function readReceipts(
  store: DatasetDocuments,
  place: ChainPlace,
  signal?: AbortSignal,
): Promise<readonly ChainedReceipt[]> {
  const before: ChainedReceipt[] = [];
  const own = (await finishedIds(store)).filter((id) => isSame(placeOf(id), place));
  await eachAtOnce(own, signal, async (id) => {
    const receipt = await readReceipt(store, id);
    if (receipt === null || receipt.chain !== undefined) return;
    before.push({ receipt, sha256: null, amendments: await correctionsOf(store, id) });
  });
  const chain: ChainedReceipt[] = [];
  await eachAtOnce(await readLinks(store, place), signal, async ({ id, receipt }, index) => {
    const parsed = parseReceipt(await store.get(receipt), receiptName(id));
    chain[index] = { receipt: parsed, sha256: receipt.sha256, amendments: await correctionsOf(store, id) };
  });
  return [...before.toSorted(byEnd), ...chain];
}

function isSame(a: ChainPlace | null, b: ChainPlace): boolean {
  return a?.connection === b.connection && a.project === b.project;
}

function byEnd({ receipt: a }: ChainedReceipt, { receipt: b }: ChainedReceipt): number {
  const [one, other] = a.endedAt === b.endedAt ? [a.id, b.id] : [a.endedAt, b.endedAt];
  return one < other ? -1 : 1;
}

/**
 * Amendments for which the task was sealed anew. The others say that an iteration of the same task took labels over; what
 * it made of them stands in a receipt of its own.
 */
async function correctionsOf(store: DatasetDocuments, id: string): Promise<readonly KeptAmendment[]> {
  return (await readAmendments(store, id)).filter(({ amendment }) => amendment.seal !== undefined);
}
