import type { NoticeOptions } from '../../../src/contracts/notice.ts';
import type { Message, Send } from '../../../src/notify/message.ts';
import type { Outcome } from '../../../src/notify/outcome.ts';
import { createPostOffice, type PostOffice } from '../../../src/notify/post-office.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';

/** Tells one lead by Slack of everything, at any time. */
export const NOTICES: NoticeOptions = {
  channels: ['slack'],
  leads: ['lena'],
  ladder: [],
  workingHours: null,
  digestAt: null,
  book: null,
};

/** What was sent, and a post office that sends it here. */
export interface Mailbox {
  readonly sent: readonly Message[];
  /** `kind whom` of each, sorted. */
  said(): readonly string[];
  clear(): void;
  open(store: ArtifactStore, now?: () => number): PostOffice;
}

/** Post offices whose messages are acknowledged, or have another outcome. */
export function createMailbox(outcome: Outcome = { kind: 'acknowledged' }): Mailbox {
  const sent: Message[] = [];
  const send: Send = async (message) => {
    sent.push(message);
    return outcome;
  };
  return {
    sent,
    said: () => sent.map(({ kind, whom }) => `${kind} ${whom.join(' ')}`.trim()).toSorted(),
    clear: () => void sent.splice(0),
    open: (store, now = Date.now) =>
      createPostOffice({ store, senders: { slack: send, email: send, webhook: send }, now }),
  };
}
