import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readTrainingSet } from '../../src/activities/training-set/set-document.ts';
import { readVersion } from '../../src/activities/training-set/set-chain.ts';
import type { TrainingSetRef } from '../../src/contracts/training-set.ts';
import type { ActivitySite } from '../kit/activity-site.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';
import { giveReceipt, imagesOf, removeBehindOurBack, type SealedIteration } from '../kit/sealed-iteration.ts';

const OWN = { firstRunId: '01a20465-76ec-7c5e-a828-eb31972b201c', tryNumber: 1 };

let desk: TrainingDesk;
let site: ActivitySite;
let first: SealedIteration;
let later: SealedIteration;
beforeEach(async () => {
  desk = await openTrainingDesk();
  ({ site, first } = desk);
  later = await desk.second();
});
afterEach(async () => desk.close());

/** Images by the iteration that put a label there, as a version of the training set names them. */
async function named(ref: TrainingSetRef): Promise<{ readonly trained: string[]; readonly aside: string[] }> {
  const { version } = await readVersion(site.store, ref);
  const { frames } = await readTrainingSet(site.store, version.content);
  const of = (aside: boolean) => frames.filter((frame) => (frame.aside ?? false) === aside).map(({ by }) => by);
  return { trained: [...new Set(of(false))], aside: [...new Set(of(true))] };
}

async function labelsOf(images: readonly string[]) {
  return Promise.all(images.map((id) => site.monai.getLabel(id, 'final')));
}

describe('labels of an iteration that has no receipt', () => {
  it('are taken out while another one trains, and come back as they were with the receipt', async () => {
    const submission = await desk.submit(first);
    expect(await desk.check(first, submission)).toMatchObject({ own: 3, earlier: 0, approved: 0, version: 1 });
    const own = (await imagesOf(site, submission)).training;
    const labels = await labelsOf(own);
    const submitted = await desk.submit(later);
    const alone = await desk.check(later, submitted);
    expect(alone).toMatchObject({ own: 3, earlier: 0, aside: 3 });
    expect(await named(alone)).toEqual({ trained: [later.id], aside: [first.id] });
    const theirs = (await imagesOf(site, submitted)).training;
    expect([...(await site.monai.trainingSet())].toSorted()).toEqual([...theirs].toSorted());
    await giveReceipt(site, first, submission);
    // A training that began without them has not lost them.
    const after = await desk.checkAfter(later, submitted);
    expect(after).toMatchObject({ version: alone.version, own: 3, earlier: 0, aside: 3 });
    expect(after).not.toHaveProperty('differs');
    const both = await desk.check(later, submitted);
    expect(both).toMatchObject({ own: 3, earlier: 3 });
    expect(both).not.toHaveProperty('aside');
    expect(await labelsOf(own)).toEqual(labels);
  });

  it('are never trained on by another one, and are by itself when it trains again', async () => {
    const submission = await desk.submit(first);
    await desk.check(first, submission);
    const submitted = await desk.submit(later);
    await desk.check(later, submitted);
    const training = await site.run('startTraining', { ...later, submission: submitted, ...OWN });
    await site.run('watchTraining', { ...later, training });
    const read = [...(site.sandboxMonai.trainedOn.at(-1)?.labels.keys() ?? [])].toSorted();
    expect(read).toEqual([...(await imagesOf(site, submitted)).training].toSorted());
    const again = await desk.submit(first);
    expect(await desk.check(first, again)).toMatchObject({ own: 3, earlier: 0, aside: 3 });
    expect(new Set(await site.monai.trainingSet())).toEqual(new Set((await imagesOf(site, again)).training));
  });

  it('are found again by a try that follows a crash, whether they were to go or to come back', async () => {
    const submission = await desk.submit(first);
    await desk.check(first, submission);
    const [image = ''] = (await imagesOf(site, submission)).training;
    const [bytes] = await labelsOf([image]);
    const submitted = await desk.submit(later);
    await desk.check(later, submitted);
    const put = async () =>
      site.monai.putLabel({
        imageId: image,
        tag: 'final',
        fileName: 'a.png',
        bytes: bytes ?? new Uint8Array(),
        labelInfo: [],
      });
    await put();
    expect(await desk.check(later, submitted)).toMatchObject({ own: 3, aside: 3 });
    expect(await site.monai.trainingSet()).not.toContain(image);
    await giveReceipt(site, first, submission);
    await put();
    expect(await desk.check(later, submitted)).toMatchObject({ own: 3, earlier: 3 });
  });

  it('stay, and are asked about, where somebody else has put others in their place', async () => {
    const submission = await desk.submit(first);
    const [image = ''] = (await imagesOf(site, submission)).training;
    await desk.putForeign(image);
    const submitted = await desk.submit(later);
    const refused = await refusedBy(desk.check(later, submitted));
    expect(refused.type).toBe('TrainingSetDiffers');
    expect(refused.message).toContain(`by ${first.id}, which has no receipt`);
    expect(refused.facts['extra']).toHaveLength(1);
    expect(await site.monai.trainingSet()).toContain(image);
  });

  it('are missing, and told of, where their images were lost meanwhile, until somebody has them put back', async () => {
    const submission = await desk.submit(first);
    const submitted = await desk.submit(later);
    await desk.check(later, submitted);
    await removeBehindOurBack(site, (await imagesOf(site, submission)).training, 'image');
    await giveReceipt(site, first, submission);
    expect((await refusedBy(desk.check(later, submitted))).facts['missing']).toHaveLength(3);
    await desk.submit(later, { putBack: true, approved: [] });
    expect(await desk.check(later, submitted)).toMatchObject({ own: 3, earlier: 3 });
  });
});

describe('the look after a training', () => {
  it('compares with what the training began with, not with what the training set has become since', async () => {
    const submission = await desk.submit(first);
    const began = await desk.check(first, submission);
    await desk.submit(later);
    const { differs, version } = await desk.checkAfter(first, submission);
    expect(version).toBe(began.version);
    expect(differs?.count).toBe(3);
    expect(differs?.first[0]).toMatch(/^extra: /);
  });
});
