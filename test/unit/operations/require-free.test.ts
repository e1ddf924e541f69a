import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { chainOf } from '../../../src/activities/training-set/set-chain.ts';
import { endHold, writeHold } from '../../../src/holds/holds.ts';
import { addModelEvent } from '../../../src/models/model-register.ts';
import { publishModel } from '../../../src/operations/models.ts';
import { restoreBackup } from '../../../src/operations/restore-backup.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';

let dir: string;
let store: ArtifactStore;
let begun: string[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-free-'));
  store = createFolderStore(dir);
  begun = [];
});
afterEach(async () => rm(dir, { recursive: true, force: true }));

/** A Temporal that notes what is begun, and begins nothing. */
const client = {
  workflow: {
    start: async (type: string) => {
      begun.push(type);
      throw new Error('nothing is begun here');
    },
  },
} as unknown as Client;

async function hold(server: 'cvat' | 'monai'): Promise<void> {
  const until = new Date(Date.now() + 60_000).toISOString();
  await writeHold(store, { connection: 'default', server, until, note: 'it moves', by: 'operator', at: until });
}

/** A model that the register knows of such a trainer. */
async function register(kind: 'command' | 'monai-label'): Promise<void> {
  const trainer = { kind, address: 'http://trainer.test' };
  await addModelEvent(
    store,
    { connection: 'default', model: 'segmentation', trainer: chainOf(trainer) },
    {
      trainer,
      event: 'promoted',
      checksum: 'SHA256:aa',
      file: await store.put(Buffer.from('a model')),
      current: 'SHA256:aa',
      iteration: 'P/T',
      metrics: null,
      reasons: [],
      by: null,
      at: new Date().toISOString(),
      key: 'P/T 1',
    },
  );
}

const restore = async () => restoreBackup({ client, store }, { id: 'P/T', number: null, overwrite: false, by: 'ines' });
const rollBack = async () =>
  publishModel({ client, store }, { connection: null, model: 'segmentation', checksum: null, by: 'ines' });

describe('what a person asks of a held server', () => {
  it('is a restore that begins nothing while CVAT is held, and says until when', async () => {
    await hold('monai');
    await expect(restore()).rejects.toThrow('nothing is begun here');
    await hold('cvat');
    await expect(restore()).rejects.toMatchObject({ code: 'OnHold', facts: { server: 'cvat', note: 'it moves' } });
    expect(begun).toEqual(['restoreWorkflow']);
  });

  it('is a model that is not published while MONAI Label is held, and is once the hold has ended', async () => {
    await register('monai-label');
    await hold('cvat');
    await hold('monai');
    await expect(rollBack()).rejects.toMatchObject({ code: 'OnHold', facts: { server: 'monai' } });
    expect(begun).toEqual([]);
    await endHold(store, { connection: 'default', server: 'monai' }, Date.now());
    await expect(rollBack()).rejects.toThrow('nothing is begun here');
  });

  it('is no model of a program that trains, which is no server', async () => {
    await register('command');
    await hold('monai');
    await expect(rollBack()).rejects.toThrow('nothing is begun here');
  });
});
