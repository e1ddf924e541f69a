import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Message, Send } from '../../../src/notify/message.ts';
import { deliver } from '../../../src/notify/outbox/deliver.ts';
import { enqueue } from '../../../src/notify/outbox/enqueue.ts';
import { listOpen, listSettled, listTroubled, markSeen } from '../../../src/notify/outbox/list-messages.ts';
import { refused, unknown, type Outcome } from '../../../src/notify/outcome.ts';
import { createPostOffice } from '../../../src/notify/post-office.ts';
import { createSenders } from '../../../src/notify/senders.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { someMessage } from '../../kit/notices/message.ts';

const START = Date.parse('2026-03-02T09:00:00.000Z');
const { signal } = new AbortController();

let dir: string;
let store: ArtifactStore;
let nowMs: number;
let sent: Message[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-outbox-'));
  store = createFolderStore(dir);
  nowMs = START;
  sent = [];
});
afterEach(async () => rm(dir, { recursive: true, force: true }));

function answering(...outcomes: readonly Outcome[]): Send {
  return async (message) => {
    sent.push(message);
    return outcomes[Math.min(sent.length, outcomes.length) - 1] ?? { kind: 'acknowledged' };
  };
}

async function delivered(send: Send, key = someMessage().key): Promise<string> {
  return deliver({ store, senders: { slack: send, email: send, webhook: send }, now: () => nowMs, signal }, key);
}

describe('a message', () => {
  it('is sent once, however often it is put in', async () => {
    expect(await enqueue(store, someMessage())).toBe(true);
    expect(await enqueue(store, someMessage())).toBe(false);
    expect(await delivered(answering())).toBe('sent');
    expect(await enqueue(store, someMessage())).toBe(false);
    expect(await delivered(answering())).toBe('gone');
    expect(sent).toHaveLength(1);
    expect(await listSettled(store)).toMatchObject([{ state: 'sent', tries: 1 }]);
  });

  it('is sent by one of many workers that see it at the same time', async () => {
    await enqueue(store, someMessage());
    const slow: Send = async (message) => {
      sent.push(message);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { kind: 'acknowledged' };
    };
    const ends = await Promise.all(Array.from({ length: 12 }, () => delivered(slow)));
    expect(sent).toHaveLength(1);
    expect(ends.filter((end) => end === 'sent')).toHaveLength(1);
  });

  it('waits for its time', async () => {
    await enqueue(store, someMessage({ notBefore: '2026-03-02T10:00:00.000Z' }));
    expect(await delivered(answering())).toBe('waits');
    nowMs = Date.parse('2026-03-02T10:00:00.000Z');
    expect(await delivered(answering())).toBe('sent');
  });

  it('that is refused is tried again after growing delays, and given up after six tries', async () => {
    await enqueue(store, someMessage());
    const triedAt: number[] = [];
    const send: Send = async () => {
      triedAt.push((nowMs - START) / 60_000);
      return refused('it answered 500');
    };
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      await delivered(send);
      nowMs += 60_000;
    }
    expect(triedAt).toEqual([0, 1, 6, 36, 156, 636]);
    expect(await listTroubled(store)).toMatchObject([{ state: 'refused', tries: 6, reason: 'it answered 500' }]);
    expect(await listOpen(store)).toEqual([]);
  });

  it('that is refused and then taken is no trouble', async () => {
    await enqueue(store, someMessage());
    await delivered(answering(refused('it answered 503', 600_000)));
    expect(await listOpen(store)).toMatchObject([{ state: 'waits', tries: 1, reason: 'it answered 503' }]);
    nowMs += 599_000;
    expect(await delivered(answering())).toBe('waits');
    nowMs += 1000;
    expect(await delivered(answering())).toBe('sent');
    expect(await listTroubled(store)).toEqual([]);
  });

  it('whose outcome is unknown is shown and never sent again', async () => {
    await enqueue(store, someMessage());
    expect(await delivered(answering(unknown('no answer came')))).toBe('unknown');
    nowMs += 30 * 24 * 3_600_000;
    await enqueue(store, someMessage());
    expect(await delivered(answering())).toBe('gone');
    expect(sent).toHaveLength(1);
    expect(await listTroubled(store)).toMatchObject([{ state: 'unknown', reason: 'no answer came' }]);
  });

  it('that was cut off is shown before any worker looks at it', async () => {
    nowMs = Date.now() - 3_600_000;
    await enqueue(store, someMessage());
    const cutOff = delivered(async () => {
      throw new Error('killed');
    });
    await expect(cutOff).rejects.toThrow('killed');
    expect(await listTroubled(store)).toMatchObject([{ state: 'unknown', tries: 1 }]);
    expect(await listOpen(store)).toEqual([]);
  });

  it('is held up by no other one that cannot be read', async () => {
    await store.putNamed('notices/open/0000000000000000000000000000000000000000', Buffer.from('{'));
    await enqueue(store, someMessage());
    const send = answering();
    const office = createPostOffice({ store, senders: { slack: send, email: send, webhook: send }, now: () => nowMs });
    await expect(office.sendDue(signal)).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
    expect(sent).toHaveLength(1);
  });

  it('leaves no secret in the store, whatever goes wrong', async () => {
    const secret = 'https://127.0.0.1:1/services/T0/B0/very-secret';
    const settings = { slack: { read: () => secret }, email: { url: { read: () => secret }, from: 'a@b.example' } };
    const webhook = { url: 'http://127.0.0.1:1', secret: { read: () => 'very-secret' } };
    const office = createPostOffice({ store, senders: createSenders({ ...settings, webhook }), now: () => nowMs });
    for (const channel of ['slack', 'email', 'webhook'] as const) await enqueue(store, someMessage({ channel }));
    await office.sendDue(signal);
    const names = await store.listNamed('notices/');
    const documents = await Promise.all(names.map((name) => store.getNamed(name)));
    expect(documents.length).toBe(6);
    expect(Buffer.concat(documents.map((bytes) => bytes ?? new Uint8Array())).toString()).not.toContain('very-secret');
  });

  it('that a person has seen is shown no more, and still never sent again', async () => {
    await enqueue(store, someMessage());
    await delivered(answering(unknown('no answer came')));
    await markSeen(store, [someMessage().key]);
    expect(await listTroubled(store)).toEqual([]);
    expect(await enqueue(store, someMessage())).toBe(false);
  });
});
