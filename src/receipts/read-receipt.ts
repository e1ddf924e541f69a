import { receiptName } from '../contracts/ids.ts';
import type { Receipt } from '../contracts/receipt.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { parseReceipt } from './parse-receipt.ts';

/** What is read of the artifact store to know what is finished. */
export type ReceiptStore = Pick<ArtifactStore, 'getNamed' | 'listNamed'>;

/** What stands before and after the id in the name of a receipt. */
const [FOLDER = '', SUFFIX = ''] = receiptName('\0').split('\0');

/**
 * The receipt of a finished iteration; null if there is none.
 *
 * @throws MaskloopError `ArtifactCorrupt` if the document is no receipt, `StoreUnreachable`
 */
export async function readReceipt(store: ReceiptStore, id: string): Promise<Receipt | null> {
  const name = receiptName(id);
  const bytes = await store.getNamed(name);
  return bytes === null ? null : parseReceipt(bytes, name);
}

export async function hasReceipt(store: ReceiptStore, id: string): Promise<boolean> {
  return (await store.getNamed(receiptName(id))) !== null;
}

/** Ids of all iterations that have a receipt, sorted. */
export async function finishedIds(store: ReceiptStore): Promise<readonly string[]> {
  const names = await store.listNamed(FOLDER);
  const ids = names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(FOLDER.length, -SUFFIX.length));
  return ids.toSorted();
}
