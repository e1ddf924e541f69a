import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deliver } from '../../../src/notify/outbox/deliver.ts';
import { enqueue } from '../../../src/notify/outbox/enqueue.ts';
import { listOpen, listSettled, listTroubled } from '../../../src/notify/outbox/list-messages.ts';
import { createSenders } from '../../../src/notify/senders.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import { someMessage } from '../../kit/notices/message.ts';
import { startReceiver, type Receiver } from '../../kit/notices/receiver.ts';

const SCRIPT = fileURLToPath(new URL('../../kit/notices/send-and-stop.ts', import.meta.url));
const DURING = 'during the request';

const GAPS = [
  { gap: 'before the claim', received: 1, state: 'sent' },
  { gap: 'before the request', received: 0, state: 'unknown' },
  { gap: DURING, received: 1, state: 'unknown' },
  { gap: 'before the record', received: 1, state: 'unknown' },
  { gap: 'before the end', received: 1, state: 'sent' },
  { gap: 'before it is taken out', received: 1, state: 'sent' },
] as const;

let dir: string;
const receivers = new Map<string, Receiver>();

/** Comes back when each message has stopped in its gap: the child says so, but for the one whose receiver does not answer. */
async function killedInAllGaps(arrived: Promise<void>): Promise<void> {
  const gaps = [...receivers].map(([gap, { url }]) => `${gap}=${url}`);
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, dir, ...gaps], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const exit = once(child, 'exit');
  let said = '';
  const stopped = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.trim().split('\n').length === GAPS.length - 1) resolve();
    });
  });
  await Promise.race([Promise.all([stopped, arrived]), exit]);
  child.kill('SIGKILL');
  expect(await exit).toEqual([null, 'SIGKILL']);
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-killed-'));
  let tell: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    tell = resolve;
  });
  for (const { gap } of GAPS) {
    const silent = await startReceiver(gap === DURING ? () => tell() : undefined);
    receivers.set(gap, silent);
  }
  await killedInAllGaps(arrived);
});
afterAll(async () => {
  await Promise.all([...receivers.values()].map((receiver) => receiver.close()));
  await rm(dir, { recursive: true, force: true });
});

describe('a worker that is killed', () => {
  it.each(GAPS)('$gap leaves a message that is $state, received $received times', async ({ gap, received, state }) => {
    const receiver = receivers.get(gap);
    const store = createFolderStore(join(dir, gap));
    const { signal } = new AbortController();
    const senders = createSenders({ slack: { read: () => receiver?.url ?? '' }, email: null, webhook: null });
    for (const later of [0, 10 * 60_000, 30 * 24 * 3_600_000]) {
      await enqueue(store, someMessage());
      await deliver({ store, senders, now: () => Date.now() + later, signal }, someMessage().key);
    }
    expect(receiver?.received).toHaveLength(received);
    expect(await listSettled(store)).toMatchObject([{ state }]);
    expect(await listTroubled(store)).toHaveLength(state === 'unknown' ? 1 : 0);
    expect(await listOpen(store)).toEqual([]);
  });
});
