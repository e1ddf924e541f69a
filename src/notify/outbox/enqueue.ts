import type { Message } from '../message.ts';
import { documentBytes, type OutboxStore } from './documents.ts';
import { openName, settledName } from './names.ts';

/**
 * Puts a message into the outbox, unless one with its key is there or was settled before. What comes between the two looks is
 * found by whoever sends: a settled message is never tried again.
 *
 * @returns false if it was known
 */
export async function enqueue(store: OutboxStore, message: Message): Promise<boolean> {
  if ((await store.getNamed(settledName(message.key))) !== null) return false;
  return store.createNamed(openName(message.key), documentBytes(message));
}
