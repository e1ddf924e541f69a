import type { LoopMembership } from '../contracts/loop-membership.ts';
import type { LoopPoint } from '../contracts/stop-rules.ts';
import { readLinks } from '../receipts/chain.ts';
import { readReceipt } from '../receipts/read-receipt.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { loopPoint } from './loop-point.ts';

/** Of which loop points are read. */
export interface LoopPlace extends Pick<LoopMembership, 'name'> {
  readonly connection: string;
  readonly project: string;
}

/**
 * The points of all iterations of a loop that have a receipt, by number. Where an iteration was done again, its newest
 * receipt counts; the task of held-out frames is none.
 *
 * @throws MaskloopError `ArtifactCorrupt`, `StoreUnreachable`
 */
export async function readPoints(
  store: Pick<ArtifactStore, 'getNamed' | 'listNamed'>,
  loop: LoopPlace,
): Promise<readonly LoopPoint[]> {
  const points = new Map<number, LoopPoint>();
  for (const { id } of await readLinks(store, loop)) {
    const receipt = await readReceipt(store, id);
    const member = receipt?.input.loop;
    if (receipt === null || member?.name !== loop.name || member.number === 0) continue;
    points.set(member.number, loopPoint({ ...receipt, number: member.number }));
  }
  return [...points.values()].toSorted((a, b) => a.number - b.number);
}
