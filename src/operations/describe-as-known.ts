import type { Client } from '@temporalio/client';
import { isMaskloopError } from '../contracts/error.ts';
import { readReceipt, type ReceiptStore } from '../receipts/read-receipt.ts';
import { describeIteration, viewOfReceipt, type IterationView } from './describe-iteration.ts';
import { withinPatience } from './within-patience.ts';

/**
 * What can be known of one iteration now: while Temporal is away, what its receipt says, with `away`. It may run again meanwhile.
 *
 * @param id the exact id
 * @throws MaskloopError as {@link describeIteration}; `TemporalUnreachable` only where there is no receipt
 */
export async function describeAsKnown(
  where: { readonly client: Client; readonly store: ReceiptStore },
  id: string,
): Promise<IterationView> {
  try {
    return await withinPatience(where.client, () => describeIteration(where, id));
  } catch (error) {
    if (!isMaskloopError(error, 'TemporalUnreachable')) throw error;
    const receipt = await readReceipt(where.store, id);
    if (receipt === null) throw error;
    return { ...viewOfReceipt(receipt), away: 'temporal' };
  }
}
