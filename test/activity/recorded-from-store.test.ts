import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSubmission } from '../../src/activities/read-manifest.ts';
import type { IterationResults } from '../../src/contracts/iteration.ts';
import { storeSource } from '../../src/dataset/store-source.ts';
import { writeDataset } from '../../src/dataset/write-dataset.ts';
import { readPage } from '../../src/receipts/page/read-page.ts';
import { verifyReceipt } from '../../src/receipts/verify/verify-receipt.ts';
import { openContents } from '../../src/storage/open-contents.ts';
import { describeStoredFolder } from '../../src/storage/stored-folder.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { recordIteration } from '../kit/recorded-iteration.ts';
import { withdrawalsOf } from '../kit/withdrawals.ts';

let site: ActivitySite;
let results: IterationResults;
let frame: { readonly name: string; readonly imageSha256: string };
beforeAll(async () => {
  const sandboxMonai = { watcherLimit: null, watcherMs: 20, epochMs: 1 };
  site = await openActivitySite({ frames: 5, inStore: true, sandboxMonai });
  results = await recordIteration(site);
  const { frames } = await readSubmission(site.store, results.submission!.manifest);
  const { name, imageSha256 = '' } = frames.find(({ part }) => part === 'training')!;
  frame = { name, imageSha256 };
}, 240_000);
afterAll(async () => site.close());

const verify = async () => verifyReceipt(site.store, site.id, { signal: new AbortController().signal });
const images = () => openContents(site.store, site.input.images!);

/** What is written into a folder for as long as it is looked at. */
async function dataset(look: (dir: string, written: Awaited<ReturnType<typeof writeDataset>>) => Promise<void>) {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-dataset-'));
  try {
    const request = { given: 'SurgVU', dir, images: null, asLinks: true, signal: new AbortController().signal };
    await look(dir, await writeDataset(storeSource(site.store), request));
  } finally {
    await rm(dir, { recursive: true });
  }
}

// In this order: what is forgotten at the end is there before.
describe('an iteration whose images and masks were put into the store', () => {
  it('is verified down to every image and mask, and damage to one is found', async () => {
    const found = await verify();
    expect(found).toMatchObject({ sound: true, absent: [] });
    for (const what of ['images', 'masks']) {
      expect(found.artifacts).toContainEqual(
        expect.objectContaining({ at: `input.${what}.manifest.files[]`, count: 5 }),
      );
      expect(found.folders).toContainEqual(expect.objectContaining({ at: `input.${what}`, files: 5 }));
    }
    const path = await (await images()).pathOf(frame.name);
    const content = await (await images()).read(frame.name);
    await writeFile(path, 'damaged');
    expect((await verify()).failures).toMatchObject([{ at: expect.stringContaining('input.images.manifest.files[') }]);
    await writeFile(path, content);
  });

  it('has its images on the page and in the dataset, which shares no file with the store', async () => {
    const { figures } = await readPage(site.store, site.id);
    expect(JSON.stringify(figures)).toContain('data:image/png;base64,');
    const path = await (await images()).pathOf(frame.name);
    await dataset(async (dir, written) => {
      expect(written).toMatchObject({ frames: { training: 4, 'held-out': 1, sealed: 0 }, missing: [] });
      expect((await stat(path)).nlink).toBe(1);
      expect((await stat(join(dir, 'images'))).isDirectory()).toBe(true);
    });
  });

  it('loses a forgotten frame in the store as well: image and mask, and nothing else', async () => {
    const before = await images();
    const mask = await openContents(site.store, site.input.masks!);
    const done = await withdrawalsOf(site).forget([frame.name]);
    expect(done).toMatchObject({ done: true, frames: [frame.name] });
    for (const [contents, name] of [
      [before, frame.name],
      [mask, frame.name],
    ] as const) {
      await expect(contents.read(name)).rejects.toMatchObject({ code: 'ArtifactMissing' });
      for (const other of contents.names.filter((each) => each !== name)) await contents.read(other);
    }
    const found = await verify();
    expect(found.failures).toEqual([]);
    expect(found.absent.map(({ why }) => why)).toContain('forgotten');
    await dataset(async (_, { forgotten, missing }) => {
      expect([forgotten, missing]).toEqual([1, []]);
    });
    const again = describeStoredFolder(site.store, site.input.images!.uri);
    await expect(again).rejects.toMatchObject({ code: 'FrameForgotten', facts: { frames: [frame.name] } });
  });

  it('submits the other frames again, which do not miss the forgotten one', async () => {
    const { task, labels } = results;
    const again = await site.run('submitLabels', { task: task!, labels: labels!, id: `${site.id}~2` });
    expect(again).toMatchObject({ training: 3, withdrawn: { excluded: 0, forgotten: 1 } });
  });
});
