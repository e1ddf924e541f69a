import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { quietEnvironment } from '../kit/activity-site.ts';
import { publishModel } from '../kit/prediction-site.ts';
import { openSelectionSite, promoteModel, UNCERTAIN, videoFiles, type SelectionSite } from '../kit/selection-site.ts';

let site: SelectionSite;
beforeEach(async () => {
  site = await openSelectionSite();
});
afterEach(async () => site.close());

describe('two loops that share a model', () => {
  it('do not disturb each other: where one publishes, the other begins again with the new model', async () => {
    await site.add(videoFiles([12, 12]));
    const second = await publishModel(site, 2);
    const first = await publishModel(site, 1);
    await promoteModel(site, first);
    const env = quietEnvironment();
    const published: Promise<void>[] = [];
    env.on('heartbeat', (progress: { readonly phase?: string } | undefined) => {
      if (published.length > 0 || progress?.phase !== 'prediction') return;
      published.push(promoteModel(site, second).then(async () => void (await publishModel(site, 2))));
    });
    const args = await site.argsFor(1, UNCERTAIN);
    const { list } = await site.run('selectSamples', { ...args }, env);
    await Promise.all(published);
    expect(published).toHaveLength(1);
    expect(JSON.parse(Buffer.from(await site.store.get(list)).toString())).toMatchObject({ model: second });
    // The first model was asked as well, and what it said is kept.
    const checksums = await site.store.listNamed('predictions/');
    expect(checksums.filter((name) => name.includes(first.slice(-8))).length).toBeGreaterThan(0);
  });
});
