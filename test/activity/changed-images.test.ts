import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSubmission } from '../../src/activities/read-manifest.ts';
import { appendVersion } from '../../src/activities/training-set/set-chain.ts';
import type { SubmissionRef } from '../../src/contracts/training.ts';
import { hashBytes } from '../../src/storage/file-hash.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import type { ActivitySite } from '../kit/activity-site.ts';
import { draw } from '../kit/annotate.ts';
import { replaceImage, replaceUnderLabel } from '../kit/replace-image.ts';
import { giveReceipt, imagesOf, removeBehindOurBack, type SealedIteration } from '../kit/sealed-iteration.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';
import { withdrawalsOf } from '../kit/withdrawals.ts';

const PUT_BACK = { putBack: true, approved: [] };

let desk: TrainingDesk;
let site: ActivitySite;
let first: SealedIteration;
let another: Uint8Array;
beforeEach(async () => {
  desk = await openTrainingDesk();
  ({ site, first } = desk);
  another = await readFile(join(site.scenes.masksDir, 'frame_000000.png'));
});
afterEach(async () => desk.close());

interface Trained {
  readonly later: SealedIteration;
  readonly submitted: SubmissionRef;
  /** A frame of the first iteration, which has its receipt. */
  readonly id: string;
  readonly name: string;
  readonly frame: number;
  readonly image: string;
}

/** Two iterations; the second one is about to train. */
async function openSecond(): Promise<Trained> {
  const submission = await desk.submit(first);
  await giveReceipt(site, first, submission);
  const later = await desk.second();
  const submitted = await desk.submit(later);
  const { frames } = await readSubmission(site.store, submission.manifest);
  const { imageId: id, name, imageSha256 } = frames.find(({ part }) => part === 'training')!;
  return { later, submitted, id, name, frame: Number(/\d+/.exec(name)), image: imageSha256 ?? '' };
}

const imageHash = async (id: string) => hashBytes((await site.monai.getImage(id)) ?? new Uint8Array());

const label = async (id: string) => site.monai.getLabel(id, 'final');

/** What helps: the image goes, and a person says that what is missing may come back. */
async function mend({ later, id, image }: Trained): Promise<void> {
  await removeBehindOurBack(site, [id], 'image');
  const submitted = await desk.submit(later, PUT_BACK);
  expect(await desk.check(later, submitted, PUT_BACK)).toMatchObject({ own: 3, earlier: 3 });
  expect(await imageHash(id)).toBe(image);
}

describe('an image that somebody has replaced', () => {
  it('is told, its label is never put back onto the other one, and both come back once that is removed', async () => {
    const trained = await openSecond();
    const { later, submitted, id, name } = trained;
    expect(await desk.check(later, submitted)).toMatchObject({ own: 3, earlier: 3 });
    await replaceImage(site, id, another);
    const refused = await refusedBy(desk.check(later, submitted));
    expect(refused).toMatchObject({
      type: 'TrainingSetDiffers',
      facts: { 'image changed': [`${name} (by ${first.id})`], count: 1 },
    });
    expect(refused.facts).not.toHaveProperty('missing');
    expect(refused.facts).not.toHaveProperty('approves');
    expect(await refusedBy(desk.submit(later, PUT_BACK))).toMatchObject({
      type: 'ImageConflict',
      facts: { count: 1, frames: [`${name} (${id})`] },
    });
    expect(await label(id)).toBeNull();
    await mend(trained);
  });

  it('is told before and after a training also where our label lies on it', async () => {
    const trained = await openSecond();
    const { later, submitted, id, name } = trained;
    await desk.check(later, submitted);
    const before = await label(id);
    await replaceUnderLabel(site, id, another);
    expect(await label(id)).toEqual(before);
    expect((await refusedBy(desk.check(later, submitted))).facts).toMatchObject({
      'image changed': [`${name} (by ${first.id})`],
      count: 1,
    });
    expect((await desk.checkAfter(later, submitted)).differs).toMatchObject({
      count: 1,
      first: [`image changed: ${name} (by ${first.id})`],
    });
    await mend(trained);
  });

  it("keeps a training from being asked for again, as does one of the iteration's own", async () => {
    const submission = await desk.submit(first);
    const began = await desk.check(first, submission);
    const [own = ''] = (await imagesOf(site, submission)).training;
    await replaceUnderLabel(site, own, another);
    const start = { id: first.id, input: first.input, firstRunId: 'first', tryNumber: 1, submission, began };
    const refused = await refusedBy(site.run('startTraining', { ...start, isAsked: true }));
    expect(refused).toMatchObject({ type: 'TrainingSetDiffers', facts: { 'image changed': [expect.any(String)] } });
    expect(await site.monai.trainings()).toEqual([]);
    expect(await refusedBy(desk.submit(first))).toMatchObject({ type: 'ImageConflict', facts: { count: 1 } });
    await removeBehindOurBack(site, [own], 'image');
    expect(await desk.check(first, await desk.submit(first))).toMatchObject({ own: 3 });
  });

  it('does not get the label that was set aside meanwhile', async () => {
    const submission = await desk.submit(first);
    const { training } = await imagesOf(site, submission);
    const [id = ''] = training;
    const later = await desk.second();
    const submitted = await desk.submit(later);
    expect(await desk.check(later, submitted)).toMatchObject({ own: 3, aside: 3 });
    await replaceImage(site, id, another);
    await giveReceipt(site, first, submission);
    const refused = await refusedBy(desk.check(later, submitted));
    expect(refused.facts).toMatchObject({ 'image changed': [expect.stringContaining(first.id)], count: 1 });
    expect(await Promise.all(training.map(async (one) => (await label(one)) === null))).toEqual([true, false, false]);
  });

  it('does not get the label of a frame that is included again', async () => {
    const trained = await openSecond();
    const { later, submitted, id, name } = trained;
    const { record, settle } = withdrawalsOf(site);
    await record('exclude', [name]);
    await settle();
    await replaceImage(site, id, another);
    await record('include', [name]);
    expect(await settle()).toEqual({ removed: 0, putBack: 0 });
    expect(await label(id)).toBeNull();
    expect((await refusedBy(desk.check(later, submitted))).facts).toHaveProperty(
      ['image changed'],
      [`${name} (by ${first.id})`],
    );
    await mend(trained);
  });

  it('does not get the label of a correction, which comes with the right image', async () => {
    const trained = await openSecond();
    const { later, submitted, id, frame } = trained;
    const before = await label(id);
    await replaceUnderLabel(site, id, another);
    await draw(site, first.task, frame);
    expect(await site.run('submitCorrections', later)).toMatchObject({ amendments: { count: 1 } });
    expect(await label(id)).toEqual(before);
    expect((await refusedBy(desk.check(later, submitted))).facts).toMatchObject({ count: 1 });
    await mend(trained);
    expect(await label(id)).not.toEqual(before);
  });

  it('does not get a label with the numbers of another model', async () => {
    const { later, id, name } = await openSecond();
    const before = await label(id);
    await replaceUnderLabel(site, id, another);
    const other = { ...later, input: { ...later.input, training: { ...later.input.training!, model: 'other' } } };
    const refused = await refusedBy(desk.submit(other));
    expect(refused.type).toBe('LabelTableChanged');
    const submitted = await desk.submit(other, { putBack: false, approved: [String(refused.facts['approves'])] });
    expect(await label(id)).toEqual(before);
    const told = await refusedBy(desk.check(other, submitted));
    expect(told.facts).toMatchObject({ 'image changed': [`${name} (by ${first.id})`], count: 1 });
  });
});

describe('a label of others that somebody approved', () => {
  it('is approved for its image alone, unless an earlier version had it approved', async () => {
    const submission = await desk.submit(first);
    const theirs = await readFile(join(site.scenes.masksDir, 'frame_000002.png'));
    await site.monai.putImage({ imageId: 'theirs', fileName: 'theirs.png', bytes: theirs });
    await desk.putForeign('theirs');
    const { facts } = await refusedBy(desk.check(first, submission));
    const decisions = { putBack: false, approved: [String(facts['approves'])] };
    expect(await desk.check(first, submission, decisions)).toMatchObject({ own: 3, approved: 1 });
    await replaceUnderLabel(site, 'theirs', another);
    const refused = await refusedBy(desk.check(first, submission, decisions));
    expect(refused.facts).toMatchObject({ 'image changed': ['theirs (by somebody unknown)'], count: 1 });
    await appendVersion(site.store, monaiTrainer(site.monai), first.id, (set) => ({
      ...set,
      approved: set.approved.map(({ imageSha256: _, ...rest }) => rest),
    }));
    expect(await desk.check(first, submission)).toMatchObject({ own: 3, approved: 1 });
  });
});
