import { z } from 'zod';
import type { NoticeBook, NoticeOptions } from '../contracts/notice.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { Senders } from './message.ts';
import { messagesOf } from './messages-of.ts';
import type { Notice } from './notice.ts';
import { deliver } from './outbox/deliver.ts';
import { enqueue } from './outbox/enqueue.ts';
import { OPEN } from './outbox/names.ts';
import { noticeBookSchema } from './read-notice-book.ts';

/** Keys of messages that this process knows to be in the outbox, or beyond; the oldest are forgotten. */
const MOST_KNOWN = 10_000;

/** Messages that are sent at the same time. */
const AT_ONCE = 8;

/** Takes what people are to be told of, and sends it. */
export interface PostOffice {
  /**
   * Says something, once: what was said before, by whatever process, is not said again.
   *
   * @returns true if a message came into the outbox
   */
  tell(notice: Notice, options: NoticeOptions, signal: AbortSignal): Promise<boolean>;
  /**
   * Sends all messages whose time has come: those that were refused before, or that had to wait.
   *
   * @throws what the first of those that could not be looked at failed with, after all others
   */
  sendDue(signal: AbortSignal): Promise<void>;
}

export interface PostOfficeOptions {
  readonly store: ArtifactStore;
  readonly senders: Senders;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A post office over the outbox in the store, which any number of processes share. */
export function createPostOffice({ store, senders, now = Date.now }: PostOfficeOptions): PostOffice {
  const known = new Set<string>();
  const books = new Map<string, NoticeBook>();

  function note(key: string): void {
    known.add(key);
    if (known.size <= MOST_KNOWN) return;
    const [oldest] = known;
    if (oldest !== undefined) known.delete(oldest);
  }

  async function bookOf(ref: ArtifactRef | null): Promise<NoticeBook | null> {
    if (ref === null) return null;
    const read = books.get(ref.sha256) ?? (await readBook(store, ref));
    if (read !== null) books.set(ref.sha256, read);
    return read;
  }

  return {
    async tell(notice, options, signal) {
      const messages = messagesOf(notice, { options, book: await bookOf(options.book) }, now());
      const told = await Promise.all(
        messages.map(async (message) => {
          if (known.has(message.key)) return false;
          const isNew = await enqueue(store, message);
          note(message.key);
          if (isNew) await deliver({ store, senders, now, signal }, message.key);
          return isNew;
        }),
      );
      return told.includes(true);
    },

    async sendDue(signal) {
      const keys = (await store.listNamed(OPEN)).map((name) => name.slice(OPEN.length));
      const failed: unknown[] = [];
      for (let at = 0; at < keys.length && !signal.aborted; at += AT_ONCE) {
        const batch = keys.slice(at, at + AT_ONCE);
        const ends = await Promise.allSettled(batch.map((key) => deliver({ store, senders, now, signal }, key)));
        failed.push(...ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : [])));
      }
      // One message that cannot be read holds up no other.
      if (failed.length > 0) throw failed[0];
    },
  };
}

/** The book, without what is not sound: a book that cannot be read is no reason to say nothing. */
async function readBook(store: ArtifactStore, ref: ArtifactRef): Promise<NoticeBook | null> {
  const text = new TextDecoder().decode(await store.get(ref));
  const document = z
    .string()
    .transform((json, context): unknown => {
      try {
        return JSON.parse(json);
      } catch {
        context.addIssue({ code: 'custom', message: 'is no JSON' });
        return z.NEVER;
      }
    })
    .pipe(noticeBookSchema)
    .safeParse(text);
  return document.success ? document.data : null;
}
