import { z } from 'zod';
import { snoozeName } from '../../contracts/ids.ts';
import { documentBytes, readNamed, type OutboxStore } from '../outbox/documents.ts';

const schema = z.object({ until: z.string(), by: z.string(), at: z.string() });

/** Until when nobody is reminded; ISO times. */
export type Snooze = z.infer<typeof schema>;

/** Nobody is reminded of an iteration until then; a later one takes the place of an earlier. */
export async function writeSnooze(store: OutboxStore, id: string, snooze: Snooze): Promise<void> {
  await store.putNamed(snoozeName(id), documentBytes(snooze));
}

/** True while nobody is to be reminded. @param nowMs since 1970 */
export async function isSnoozed(store: OutboxStore, id: string, nowMs: number): Promise<boolean> {
  const snooze = await readNamed(store, snoozeName(id), schema);
  return snooze !== null && Date.parse(snooze.until) > nowMs;
}
