import { join } from 'node:path';
import { deliver } from '../../../src/notify/outbox/deliver.ts';
import { enqueue } from '../../../src/notify/outbox/enqueue.ts';
import { createSenders } from '../../../src/notify/senders.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { someMessage } from './message.ts';

/** Sends a message out of a store for each gap and stops there for good, until it is killed: arguments are a folder and `gap=receiver` each. */
const [dir = '', ...gaps] = process.argv.slice(2);
const never = new Promise<never>(() => undefined);
setInterval(() => undefined, 1000);

async function sendAndStop(gap: string, url: string): Promise<void> {
  const stopped = async (): Promise<never> => {
    process.stdout.write(`${gap}\n`);
    return never;
  };
  const real = createFolderStore(join(dir, gap));
  const store: ArtifactStore = {
    ...real,
    createNamed: async (name, content) => {
      if (gap === 'before the claim' && name.startsWith('notices/tries/')) return stopped();
      return real.createNamed(name, content);
    },
    putNamed: async (name, content) => {
      if (gap === 'before the record' && name.startsWith('notices/tries/')) return stopped();
      if (gap === 'before the end' && name.startsWith('notices/settled/')) return stopped();
      return real.putNamed(name, content);
    },
    removeNamed: async (name) => {
      if (gap === 'before it is taken out' && name.startsWith('notices/open/')) return stopped();
      return real.removeNamed(name);
    },
  };
  const working = createSenders({ slack: { read: () => url }, email: null, webhook: null });
  const senders = gap === 'before the request' ? { ...working, slack: async () => stopped() } : working;
  await enqueue(store, someMessage());
  const { signal } = new AbortController();
  await deliver({ store, senders, now: Date.now, signal }, someMessage().key);
}

await Promise.all(
  gaps.map(async (given) => {
    const [gap = '', url = ''] = given.split('=');
    return sendAndStop(gap, url);
  }),
);
