import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import { placeOfId } from '../contracts/ids.ts';
import type { ChainPlace } from '../receipts/chain.ts';
import { finishedIds, type ReceiptStore } from '../receipts/read-receipt.ts';

/**
 * The connection and project that are meant: `PROJECT` of the connection `default`, or `CONNECTION/PROJECT`, among those with
 * a receipt.
 *
 * @throws MaskloopError `IterationNotFound`, naming those that are known
 */
export async function findPlace(store: ReceiptStore, given: string): Promise<ChainPlace> {
  const known = new Map<string, ChainPlace>();
  for (const id of await finishedIds(store)) {
    const place = placeOf(id);
    if (place !== null) known.set(nameOf(place), place);
  }
  const found = known.get(given) ?? known.get(decoded(given));
  if (found !== undefined) return found;
  const names = [...known.keys()].slice(0, 20);
  throw new MaskloopError(
    'IterationNotFound',
    `No project is named "${given}" among those with a receipt: ${names.join(', ') || 'there are none'}.`,
    { facts: { given, known: names } },
  );
}

/** Connection and project of an iteration; null for a document that is in the wrong place. */
export function placeOf(id: string): ChainPlace | null {
  try {
    const { connection, project } = placeOfId(id);
    return { connection, project };
  } catch (error) {
    if (isMaskloopError(error, 'InvalidName')) return null;
    throw error;
  }
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
