import type { NoticeOptions } from '../../contracts/notice.ts';
import { subscriptionKey } from '../digest/subscription.ts';
import { noticeOptionsSchema } from '../notice-options.ts';
import { documentBytes, readNamed, type OutboxStore } from '../outbox/documents.ts';
import type { PostOffice } from '../post-office.ts';
import { endEpisode, folderOf, type Episode, type Server } from './episodes.ts';
import { backNotice } from './server-notices.ts';

function hearersPrefix(server: Server, { number }: Episode): string {
  return `notices/hearers/${folderOf(server)}${number}/`;
}

/** Remembers who hears that a server is away: they hear of its end as well. */
export async function noteHearers(
  store: OutboxStore,
  server: Server,
  episode: Episode,
  options: NoticeOptions,
): Promise<void> {
  await store.createNamed(hearersPrefix(server, episode) + subscriptionKey(options), documentBytes(options));
}

/** A server answers: ends the time in which it was away, if there is one, and tells all who heard of its beginning. @param at ISO time */
export async function tellBack(
  { store, office }: { readonly store: OutboxStore; readonly office: PostOffice },
  server: Server,
  { at, signal }: { readonly at: string; readonly signal: AbortSignal },
): Promise<void> {
  const episode = await endEpisode(store, server, at);
  if (episode === null) return;
  for (const name of await store.listNamed(hearersPrefix(server, episode))) {
    const options = await readNamed(store, name, noticeOptionsSchema);
    if (options !== null) await office.tell(backNotice(server, episode, options.leads), options, signal);
  }
}
