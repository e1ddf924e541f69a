import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { NoticeOptions } from '../../contracts/notice.ts';
import { noticeOptionsSchema } from '../notice-options.ts';
import { documentBytes, readNamed, type OutboxStore } from '../outbox/documents.ts';

/** Those who get one digest together, and the iterations that it tells of. */
export interface Subscription {
  readonly key: string;
  readonly options: NoticeOptions;
  /** ISO time of the first iteration that it tells of. */
  readonly since: string;
}

const schema = z.object({ options: noticeOptionsSchema, since: z.string() });

const PREFIX = 'notices/digests/';
const OPTIONS = '/options';

/** Iterations with the same channels, leads, hours and time of the digest share one. The ladder has nothing to do with it. */
export function subscriptionKey({ channels, leads, workingHours, digestAt, book }: NoticeOptions): string {
  const identity = JSON.stringify([
    channels.toSorted(),
    leads.toSorted(),
    workingHours,
    digestAt,
    book?.sha256 ?? null,
  ]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 20);
}

/** The digest tells of an iteration from now on. Nothing happens where no digest is wanted. */
export async function subscribe(
  store: OutboxStore,
  id: string,
  options: NoticeOptions,
  nowMs = Date.now(),
): Promise<void> {
  if (options.digestAt === null) return;
  const key = subscriptionKey(options);
  await store.createNamed(
    `${PREFIX}${key}${OPTIONS}`,
    documentBytes({ options, since: new Date(nowMs).toISOString() }),
  );
  await store.createNamed(`${PREFIX}${key}/of/${id}`, documentBytes({ id }));
}

/** All digests that somebody wants. */
export async function subscriptions(store: OutboxStore): Promise<readonly Subscription[]> {
  const found: Subscription[] = [];
  for (const name of await store.listNamed(PREFIX)) {
    if (!name.endsWith(OPTIONS)) continue;
    const known = await readNamed(store, name, schema);
    if (known !== null) found.push({ key: name.slice(PREFIX.length, -OPTIONS.length), ...known });
  }
  return found;
}

/** Ids of the iterations that a digest tells of. */
export async function subscribedIds(store: OutboxStore, key: string): Promise<readonly string[]> {
  const prefix = `${PREFIX}${key}/of/`;
  return (await store.listNamed(prefix)).map((name) => name.slice(prefix.length));
}

/** A digest no longer tells of an iteration. */
export async function unsubscribe(store: OutboxStore, key: string, id: string): Promise<void> {
  await store.removeNamed(`${PREFIX}${key}/of/${id}`);
}
