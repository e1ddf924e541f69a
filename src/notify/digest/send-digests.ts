import type { DigestRow } from '../../contracts/digest.ts';
import type { NoticeOptions } from '../../contracts/notice.ts';
import { DEFAULT_TIME_ZONE } from '../messages-of.ts';
import type { OutboxStore } from '../outbox/documents.ts';
import type { PostOffice } from '../post-office.ts';
import { serversAway } from '../servers/episodes.ts';
import { zonedTime } from '../time/zoned-time.ts';
import { digestText } from './digest-text.ts';
import { subscribedIds, subscriptions, unsubscribe, type Subscription } from './subscription.ts';

const DAY_MS = 86_400_000;

/** The day whose digest is due: from its time on, on a working day; null before. */
export function digestDay({ digestAt, workingHours }: NoticeOptions, nowMs: number): string | null {
  if (digestAt === null) return null;
  const { date, time, weekday } = zonedTime(nowMs, workingHours?.timeZone ?? DEFAULT_TIME_ZONE);
  if (workingHours !== null && !workingHours.days.includes(weekday)) return null;
  return time >= digestAt ? date : null;
}

export interface DigestOptions {
  readonly store: OutboxStore;
  readonly office: PostOffice;
  /** All iterations; asked where a digest is due. */
  readonly rows: () => Promise<readonly DigestRow[]>;
  readonly now: () => number;
}

/** Sends the digests that are due, each once a day, whatever number of workers look; what this process has looked at it looks at no more that day. */
export function createDigests({ store, office, rows, now }: DigestOptions): (signal: AbortSignal) => Promise<void> {
  const done = new Map<string, string>();

  async function send({ key, options }: Subscription, date: string, signal: AbortSignal): Promise<void> {
    const ids = new Set(await subscribedIds(store, key));
    const all = await rows();
    const theirs = all.filter(({ id }) => ids.has(id));
    const lines = digestText({ rows: theirs, away: await serversAway(store), nowMs: now() });
    if (lines !== '' && theirs.length > 0) {
      const values = () => ({ who: options.leads.join(', '), date, lines });
      const episode = `${key} ${date}`;
      await office.tell({ kind: 'digest', whom: options.leads, episode, whenClosed: 'send', values }, options, signal);
    }
    const known = new Map(all.map((row) => [row.id, row]));
    for (const id of ids) {
      const row = known.get(id);
      const isOver = row === undefined || (row.state === 'done' && now() - Date.parse(row.since) >= DAY_MS);
      if (isOver) await unsubscribe(store, key, id);
    }
  }

  return async (signal) => {
    for (const subscription of await subscriptions(store)) {
      const date = digestDay(subscription.options, now());
      if (date === null || done.get(subscription.key) === date) continue;
      // Whoever has just started an iteration need not be told so.
      if (digestDay(subscription.options, Date.parse(subscription.since)) === date) continue;
      await send(subscription, date, signal);
      done.set(subscription.key, date);
    }
  };
}
