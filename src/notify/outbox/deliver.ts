import { messageSchema, type Message, type Senders } from '../message.ts';
import type { Outcome } from '../outcome.ts';
import { documentBytes, readNamed, type OutboxStore } from './documents.ts';
import { openName, settledName, troubleName, tryName } from './names.ts';
import { CUT_OFF, isCutOff, trySchema, type End, type Try } from './records.ts';
import { retryDelay } from './retry-delay.ts';

export interface Delivering {
  readonly store: OutboxStore;
  readonly senders: Senders;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** What a look at a message came to; `waits`: somebody else sends it, or its time has not come. */
export type Delivery = End['state'] | 'waits' | 'gone';

/**
 * Sends a message of the outbox if its time has come. Each try is claimed by a document before anything is sent, so that of
 * any number of workers one sends; a claim without an end counts as unknown and ends the message.
 */
export async function deliver(where: Delivering, key: string): Promise<Delivery> {
  const { store, now } = where;
  const message = await readNamed(store, openName(key), messageSchema);
  if (message === null) return 'gone';
  if ((await store.getNamed(settledName(key))) !== null) {
    await store.removeNamed(openName(key));
    return 'gone';
  }
  const tries = (await store.listNamed(tryName(key, null))).length;
  const last = tries === 0 ? null : await readNamed(store, tryName(key, tries), trySchema);
  if (last !== null) {
    const end = endOf(last, now());
    if (end === 'waits') return 'waits';
    if (end !== null) return settle(where, { message, tries, ...end });
  }
  if (Date.parse(message.notBefore) > now()) return 'waits';
  return tryOnce(where, message, tries + 1);
}

/** What the last try means; null where a further one may be made. */
function endOf(last: Try, nowMs: number): 'waits' | Pick<End, 'state' | 'reason'> | null {
  const { state, reason, nextAt } = last;
  if (state === 'sent' || state === 'unknown') return { state, reason };
  if (state === 'sending') return isCutOff(last, nowMs) ? { state: 'unknown', reason: CUT_OFF } : 'waits';
  if (nextAt === null) return { state, reason };
  return Date.parse(nextAt) > nowMs ? 'waits' : null;
}

async function tryOnce(where: Delivering, message: Message, number: number): Promise<Delivery> {
  const { store, senders, now, signal } = where;
  const name = tryName(message.key, number);
  const claim: Try = { state: 'sending', at: new Date(now()).toISOString(), reason: null, nextAt: null };
  if (!(await store.createNamed(name, documentBytes(claim)))) return 'waits';
  const outcome = await senders[message.channel](message, signal);
  const made = madeOf(outcome, number, now());
  await store.putNamed(name, documentBytes(made));
  const end = endOf(made, now());
  return end === 'waits' || end === null ? 'waits' : settle(where, { message, tries: number, ...end });
}

function madeOf(outcome: Outcome, number: number, nowMs: number): Try {
  const at = new Date(nowMs).toISOString();
  if (outcome.kind === 'acknowledged') return { state: 'sent', at, reason: null, nextAt: null };
  if (outcome.kind === 'unknown') return { state: 'unknown', at, reason: outcome.reason, nextAt: null };
  const delayMs = retryDelay(number, outcome.retryAfterMs);
  const nextAt = delayMs === null ? null : new Date(nowMs + delayMs).toISOString();
  return { state: 'refused', at, reason: outcome.reason, nextAt };
}

/** Ends a message. What a person should know of is written first, so that no crash hides it. */
async function settle({ store, now }: Delivering, ended: Omit<End, 'at'>): Promise<Delivery> {
  const { key } = ended.message;
  const end: End = { ...ended, at: new Date(now()).toISOString() };
  if (end.state !== 'sent') await store.putNamed(troubleName(key), documentBytes(end));
  await store.putNamed(settledName(key), documentBytes(end));
  await store.removeNamed(openName(key));
  return end.state;
}
