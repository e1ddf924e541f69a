import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CHANNELS, NOTICE_KINDS } from '../contracts/notice.ts';
import type { Outcome } from './outcome.ts';

/** One message for one channel, as the outbox keeps it: document `maskloop.notice/1`. */
export const messageSchema = z.object({
  schema: z.literal('maskloop.notice/1'),
  /** See {@link messageKey}. */
  key: z.string().regex(/^[0-9a-f]{40}$/),
  kind: z.enum(NOTICE_KINDS),
  channel: z.enum(CHANNELS),
  /** User names in CVAT of those whom it is for; empty for everybody who reads the channel. */
  whom: z.array(z.string()),
  /** Addresses: of e-mail at most one, of Slack those that are mentioned. */
  to: z.object({ emails: z.array(z.string()), slack: z.array(z.string()) }),
  subject: z.string(),
  text: z.string(),
  /** What the text was made of. */
  values: z.record(z.string(), z.string()),
  /** ISO times; it is not sent before {@link notBefore}. */
  createdAt: z.string(),
  notBefore: z.string(),
});

export type Message = z.infer<typeof messageSchema>;

/** Sends a message once. Never throws: whatever happens is an outcome. */
export type Send = (message: Message, signal: AbortSignal) => Promise<Outcome>;

/** How to send by each channel. */
export type Senders = Readonly<Record<Message['channel'], Send>>;

/** What makes a message the same as another one. */
export interface Identity {
  readonly kind: Message['kind'];
  readonly channel: Message['channel'];
  /** To whom: names or an address. */
  readonly whom: readonly string[];
  /** The occasion, such as an iteration and its deadline. */
  readonly episode: string;
}

/** Forty hexadecimal digits, by which a message is sent once: what, whom, by what channel, on which occasion. */
export function messageKey({ kind, channel, whom, episode }: Identity): string {
  const identity = JSON.stringify([kind, channel, whom.toSorted(), episode]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 40);
}
