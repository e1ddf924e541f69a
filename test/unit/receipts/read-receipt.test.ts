import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { finishedIds, hasReceipt, readReceipt } from '../../../src/receipts/read-receipt.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import { sampleReceipt } from '../operations/sample-receipt.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-receipts-'));
});
afterEach(async () => rm(folder, { recursive: true }));

describe('receipts of the store', () => {
  it('come back as they were written, and only under their id', async () => {
    const store = createFolderStore(folder);
    const receipt = sampleReceipt();
    await store.putNamed(`receipts/${receipt.id}.json`, Buffer.from(JSON.stringify(receipt)));
    await expect(readReceipt(store, receipt.id)).resolves.toEqual(receipt);
    await expect(hasReceipt(store, receipt.id)).resolves.toBe(true);
    await expect(readReceipt(store, `${receipt.id}~2`)).resolves.toBeNull();
    await expect(finishedIds(store)).resolves.toEqual([receipt.id]);
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['another schema', JSON.stringify({ ...sampleReceipt(), schema: 'maskloop.receipt/9' })],
    ['no steps', JSON.stringify({ ...sampleReceipt(), steps: undefined })],
  ])('are refused when the document is %s', async (_, text) => {
    const store = createFolderStore(folder);
    await store.putNamed('receipts/P/T.json', Buffer.from(text));
    await expect(readReceipt(store, 'P/T')).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
  });
});
