import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readLabels } from '../../src/activities/read-manifest.ts';
import { readMask } from '../../src/coco/read-mask.ts';
import type { LabelManifest } from '../../src/contracts/manifests.ts';
import { stemOf } from '../../src/contracts/file-stem.ts';
import { teamLabels } from '../../src/simulation/team-labels.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { recordIteration } from '../kit/recorded-iteration.ts';

const PLACE = { connection: 'default', project: 'SurgVU' };

let site: ActivitySite;
let sealed: LabelManifest;
beforeAll(async () => {
  site = await openActivitySite({ frames: 3 });
  const { labels } = await recordIteration(site);
  if (labels === undefined) throw new Error('nothing was sealed');
  sealed = await readLabels(site.store, labels.manifest);
  await site.closeServers();
}, 240_000);
afterAll(async () => site.close());

describe('what a team has sealed', () => {
  it('is found by the names of frames, in the category ids that are asked for, matched by name', async () => {
    const other = sealed.categories.map(({ id, name }) => ({ id: id + 100, name }));
    const labels = await teamLabels(site.store, PLACE, other);
    expect([...labels.stems].toSorted()).toEqual(sealed.frames.map(({ name }) => stemOf(name)).toSorted());
    for (const { name, label } of sealed.frames) {
      const mask = readMask(await site.store.get(label), name);
      const found = await labels.read(stemOf(name));
      expect([...found.values]).toEqual([...mask.values].map((value) => (value === 0 ? 0 : value + 100)));
    }
  });

  it('is refused where it has a class that is not asked for, by its name', async () => {
    const [first, ...others] = sealed.categories;
    const labels = await teamLabels(site.store, PLACE, others);
    const reading = Promise.all([...labels.stems].map(async (stem) => labels.read(stem)));
    await expect(reading).rejects.toMatchObject({
      code: 'UndeclaredCategory',
      message: expect.stringContaining(first?.name ?? '?'),
    });
  });

  it('leaves out what is no longer in the store', async () => {
    const [gone] = sealed.frames;
    await site.store.remove(gone?.label.sha256 ?? '');
    const labels = await teamLabels(site.store, PLACE, sealed.categories);
    expect(labels.stems.has(stemOf(gone?.name ?? ''))).toBe(false);
    expect(labels.stems.size).toBe(sealed.frames.length - 1);
  });
});
