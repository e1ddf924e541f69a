import { MaskloopError } from '../contracts/error.ts';
import type { ChainPlace } from '../receipts/chain.ts';
import { finishedIds, readReceipt, type ReceiptStore } from '../receipts/read-receipt.ts';

/**
 * The connection and project that are meant: `PROJECT` of the connection `default`, or `CONNECTION/PROJECT`, among those with
 * a receipt.
 *
 * @throws MaskloopError `IterationNotFound`, naming those that are known
 */
export async function findPlace(store: ReceiptStore, given: string): Promise<ChainPlace> {
  const known = new Map<string, ChainPlace>();
  for (const id of await finishedIds(store)) {
    const receipt = await readReceipt(store, id);
    if (receipt !== null) known.set(nameOf(receipt.input), receipt.input);
  }
  const found = known.get(given) ?? known.get(decoded(given));
  if (found !== undefined) return { connection: found.connection, project: found.project };
  const names = [...known.keys()].slice(0, 20);
  throw new MaskloopError(
    'IterationNotFound',
    `No project is named "${given}" among those with a receipt: ${names.join(', ') || 'there are none'}.`,
    { facts: { given, known: names } },
  );
}

function nameOf({ connection, project }: ChainPlace): string {
  return connection === 'default' ? project : `${connection}/${project}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
