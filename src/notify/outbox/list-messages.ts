import { messageSchema, type Message } from '../message.ts';
import { readNamed, type OutboxStore } from './documents.ts';
import { OPEN, SETTLED, TROUBLE, tryName } from './names.ts';
import { CUT_OFF, endSchema, isCutOff, trySchema, type End } from './records.ts';

/** A message as a person sees it. Times are ISO. */
export interface MessageRow {
  readonly key: string;
  readonly kind: Message['kind'];
  readonly channel: Message['channel'];
  readonly whom: readonly string[];
  readonly subject: string;
  /** Id of the iteration that it is about; null for a loop, a server, or several. */
  readonly iteration: string | null;
  /** `waits`: to be sent; `sending`: is being sent, or was when a worker ended. */
  readonly state: End['state'] | 'waits' | 'sending';
  readonly tries: number;
  /** When it was sent or given up; when it was last tried, or made, for one that is to be sent. */
  readonly at: string;
  readonly reason: string | null;
  /** When it will be tried; null for one that is settled. */
  readonly nextAt: string | null;
}

function rowOf(message: Message): Pick<MessageRow, 'key' | 'kind' | 'channel' | 'whom' | 'subject' | 'iteration'> {
  const { key, kind, channel, whom, subject, values } = message;
  const { id = '' } = values;
  return { key, kind, channel, whom, subject, iteration: id === '' || id.startsWith('~') ? null : id };
}

async function openRow(store: OutboxStore, name: string): Promise<MessageRow | null> {
  const message = await readNamed(store, name, messageSchema);
  if (message === null) return null;
  const { key, createdAt, notBefore } = message;
  const tries = (await store.listNamed(tryName(key, null))).length;
  const last = tries === 0 ? null : await readNamed(store, tryName(key, tries), trySchema);
  const { reason = null } = last ?? {};
  if (last !== null && isCutOff(last, Date.now())) {
    return { ...rowOf(message), state: 'unknown', tries, at: last.at, reason: CUT_OFF, nextAt: null };
  }
  return {
    ...rowOf(message),
    state: last?.state === 'sending' ? 'sending' : 'waits',
    tries,
    at: last?.at ?? createdAt,
    reason,
    nextAt: last?.nextAt ?? notBefore,
  };
}

async function endRow(store: OutboxStore, name: string): Promise<MessageRow | null> {
  const end = await readNamed(store, name, endSchema);
  if (end === null) return null;
  const { message, state, tries, at, reason } = end;
  return { ...rowOf(message), state, tries, at, reason, nextAt: null };
}

async function rows(
  store: OutboxStore,
  prefix: string,
  read: (store: OutboxStore, name: string) => Promise<MessageRow | null>,
): Promise<readonly MessageRow[]> {
  const found: MessageRow[] = [];
  for (const name of await store.listNamed(prefix)) {
    const row = await read(store, name);
    if (row !== null) found.push(row);
  }
  return found.toSorted((a, b) => b.at.localeCompare(a.at));
}

/** Messages of which a person should know, the newest first: perhaps not arrived, also where no worker has noted it yet, or given up. */
export async function listTroubled(store: OutboxStore): Promise<readonly MessageRow[]> {
  const cutOff = (await rows(store, OPEN, openRow)).filter(({ state }) => state === 'unknown');
  return [...cutOff, ...(await rows(store, TROUBLE, endRow))];
}

/** Messages that are still to be sent, the newest first. */
export async function listOpen(store: OutboxStore): Promise<readonly MessageRow[]> {
  return (await rows(store, OPEN, openRow)).filter(({ state }) => state !== 'unknown');
}

/** All messages that were sent or given up, the newest first. */
export async function listSettled(store: OutboxStore): Promise<readonly MessageRow[]> {
  return rows(store, SETTLED, endRow);
}

/** Stops showing these messages; that they are settled stays known. */
export async function markSeen(store: OutboxStore, keys: readonly string[]): Promise<void> {
  for (const key of keys) await store.removeNamed(TROUBLE + key);
}
