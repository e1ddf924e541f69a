import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkStore } from '../../../src/checks/check-store.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';
import { temporaryFolders } from '../storage/temporary-folder.ts';

const emptyFolder = temporaryFolders();

async function openStore(): Promise<ArtifactStore> {
  return createFolderStore(await emptyFolder());
}

async function seen(store: ArtifactStore): Promise<readonly string[]> {
  const findings = await checkStore(store, 'doctor/here.json', randomUUID());
  return findings.map(({ level, message, action }) => `${level}: ${message} ${action ?? ''}`);
}

describe('the look at a store', () => {
  it('finds that backups can be made in it, and leaves nothing but its own document', async () => {
    const store = await openStore();
    expect(await seen(store)).toContainEqual(expect.stringMatching(/^ok: backups can be made/));
    await seen(store);
    expect(await store.listNamed('')).toEqual(['doctor/here.json']);
  });

  it('names the file systems without hard links, which backups need', async () => {
    const store = await openStore();
    const createNamed = async (): Promise<boolean> => {
      throw new MaskloopError('StoreUnreachable', 'cannot write: EPERM: operation not permitted, link');
    };
    expect(await seen({ ...store, createNamed })).toContainEqual(
      expect.stringMatching(/^problem: .*cannot make a document only once.*EPERM.*hard links.*FAT/),
    );
  });

  it('tells of a store that replaces what is to be made only once', async () => {
    const store = await openStore();
    const createNamed: ArtifactStore['createNamed'] = async (name, content) => {
      await store.putNamed(name, content);
      return true;
    };
    expect(await seen({ ...store, createNamed })).toContainEqual(expect.stringMatching(/^problem: .*replaces/));
  });
});
