import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, it } from '@jest/globals';
import { readSubmission } from '../../src/activities/read-manifest.ts';
import { openActivitySite } from '../kit/activity-site.ts';
import { recordIteration } from '../kit/recorded-iteration.ts';
import { withdrawalsOf } from '../kit/withdrawals.ts';

/** What a document is, by how it begins; PNGs are told by their first bytes. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['image', /^\u0089PNG/],
  ['seal', /^\{"seal":/],
  ['COCO document', /^\{\s*"images": \[/],
  ['list of masks', /^\{"name":"[^"]*","sha256":/],
  ['receipt', /^\{\s*"schema": "maskloop\.receipt/],
  ['forgotten frame', /^\{\s*"schema": "maskloop\.forgotten/],
  ['comparison', /^\{"schema":"maskloop\.comparison/],
  ['submission', /^\{"model":.*"modelIndexOf":/],
  ['training set', /^\{"frames":\[.*"origins":/],
  ['labels, predictions or held-out frames', /^\{"categories":/],
];

/** All but images. A receipt names the frames that were changed most. */
const DOCUMENTED = KINDS.map(([kind]) => kind).filter((kind) => kind !== 'image');

async function documentsNaming(store: string, name: string): Promise<readonly string[]> {
  const kinds = new Set<string>();
  for (const file of await readdir(store, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    const text = (await readFile(path)).toString('latin1');
    if (!text.includes(name)) continue;
    kinds.add(KINDS.find(([, start]) => start.test(text))?.[0] ?? `${relative(store, path)}: ${text.slice(0, 80)}`);
  }
  return [...kinds].toSorted();
}

it('leaves no document that names a forgotten frame but those that docs/withdrawing.md tells of', async () => {
  const site = await openActivitySite({ frames: 4, sandboxMonai: { watcherLimit: null, watcherMs: 20, epochMs: 1 } });
  try {
    const { submission } = await recordIteration(site);
    const { frames } = await readSubmission(site.store, submission!.manifest);
    for (const part of ['training', 'heldOut']) {
      const { name = '' } = frames.find((frame) => frame.part === part) ?? {};
      await withdrawalsOf(site).forget([name]);
      const found = await documentsNaming(site.store.address, name);
      expect(found.filter((kind) => !DOCUMENTED.includes(kind))).toEqual([]);
      expect(found).toEqual(expect.arrayContaining(['COCO document', 'forgotten frame', 'list of masks', 'seal']));
    }
  } finally {
    await site.close();
  }
}, 240_000);
