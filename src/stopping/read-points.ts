import type { LoopMembership } from '../contracts/loop-membership.ts';
import type { LoopPoint } from '../contracts/stop-rules.ts';
import type { ChainLink } from '../contracts/receipt.ts';
import { readLinks } from '../receipts/chain.ts';
import { readReceipt } from '../receipts/read-receipt.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { loopPoint } from './loop-point.ts';

/** Of which loop points are read. */
export interface LoopPlace extends Pick<LoopMembership, 'name'> {
  readonly connection: string;
  readonly project: string;
}

/** What was read of receipts before. Links and receipts are written once and never changed, so that it holds. */
export interface PointsMemory {
  readonly links: Map<string, ChainLink>;
  /** By the hash of the receipt; null for one of no loop. */
  readonly points: Map<string, PointOfLoop | null>;
}

interface PointOfLoop {
  /** Name of the loop. */
  readonly loop: string;
  readonly point: LoopPoint;
}

/** More is forgotten all at once; a thousand receipts take about a megabyte. */
const MOST_REMEMBERED = 20_000;

/** Nothing is remembered yet. */
export function pointsMemory(): PointsMemory {
  return { links: new Map(), points: new Map() };
}

/**
 * The points of all iterations of a loop that have a receipt, by number. Where an iteration was done again, its newest
 * receipt counts; the task of held-out frames is none.
 *
 * @param memory for one that asks again and again: each receipt is read once
 * @throws MaskloopError `ArtifactCorrupt`, `StoreUnreachable`
 */
export async function readPoints(
  store: Pick<ArtifactStore, 'getNamed' | 'listNamed'>,
  loop: LoopPlace,
  memory: PointsMemory = pointsMemory(),
): Promise<readonly LoopPoint[]> {
  if (memory.points.size > MOST_REMEMBERED) memory.points.clear();
  if (memory.links.size > MOST_REMEMBERED) memory.links.clear();
  const points = new Map<number, LoopPoint>();
  for (const link of await readLinks(store, loop, memory.links)) {
    const { sha256 } = link.receipt;
    const known = memory.points.get(sha256);
    const found = known === undefined ? await pointOf(store, link.id) : known;
    // A link whose receipt is not there yet is looked at again.
    if (found === undefined) continue;
    memory.points.set(sha256, found);
    if (found?.loop === loop.name && found.point.number !== 0) points.set(found.point.number, found.point);
  }
  return [...points.values()].toSorted((a, b) => a.number - b.number);
}

/** Null for an iteration of no loop; undefined without a receipt. */
async function pointOf(
  store: Pick<ArtifactStore, 'getNamed' | 'listNamed'>,
  id: string,
): Promise<PointOfLoop | null | undefined> {
  const receipt = await readReceipt(store, id);
  const member = receipt?.input.loop;
  if (receipt === null) return undefined;
  if (member === undefined) return null;
  return { loop: member.name, point: loopPoint({ ...receipt, number: member.number }) };
}
