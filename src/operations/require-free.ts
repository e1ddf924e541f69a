import { onHold } from '../holds/hold-gate.ts';
import { readHold, type HoldPlace } from '../holds/holds.ts';

/**
 * Refuses what a person asks for while the server that it needs is held: once begun it would be tried to its end, with nobody
 * told why it takes so long.
 *
 * @throws MaskloopError `OnHold`, `StoreUnreachable`
 */
export async function requireFree(store: Parameters<typeof readHold>[0], place: HoldPlace): Promise<void> {
  const now = Date.now();
  const hold = await readHold(store, place, now);
  if (hold !== null) throw onHold(hold, now);
}
