import { copyFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readHeldOut, readSubmission } from '../../src/activities/read-manifest.ts';
import { appendVersion, chainOf, readHead } from '../../src/activities/training-set/set-chain.ts';
import type { TrainingSet } from '../../src/contracts/training-set.ts';
import type { SubmissionRef, TrainingOptions } from '../../src/contracts/training.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import type { ActivitySite } from '../kit/activity-site.ts';
import { giveReceipt, sealIteration, type SealedIteration } from '../kit/sealed-iteration.ts';
import { skippedTrainings } from '../kit/skipped-trainings.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';
import { withdrawalsOf } from '../kit/withdrawals.ts';

const [ZERO, ONE, TWO, THREE] = ['frame_000000.png', 'frame_000001.png', 'frame_000002.png', 'frame_000003.png'];
const OWN = { firstRunId: 'first', tryNumber: 1 };

let desk: TrainingDesk;
let site: ActivitySite;
beforeEach(async () => {
  desk = await openTrainingDesk();
  ({ site } = desk);
});
afterEach(async () => desk.close());

/** Holds out what is named, in a task two of whose four frames are the same file: ONE and TWO. */
async function sealCopies(names: string, changes: Partial<TrainingOptions> = {}): Promise<SealedIteration> {
  const { imagesDir } = site.scenes;
  const dir = join(imagesDir, '..', 'images with a copy');
  await cp(imagesDir, dir, { recursive: true });
  await copyFile(join(dir, ONE), join(dir, TWO));
  const images = await describeFolder(dir);
  return holding(await sealIteration(site, { task: 'Copies', images }), names, changes);
}

async function holding(
  iteration: SealedIteration,
  names: string,
  changes: Partial<TrainingOptions> = {},
): Promise<SealedIteration> {
  const list = await site.store.put(Buffer.from(names));
  const training = { ...site.input.training!, heldOut: { kind: 'names', list } as const, ...changes };
  return { ...iteration, input: { ...iteration.input, training } };
}

const measured = async ({ id, input, task }: SealedIteration, submission: SubmissionRef) => {
  const before = await site.run('measureModel', { id, input, ...OWN, task, submission, taken: [], known: null });
  return (await readHeldOut(site.store, before.heldOut)).frames.map(({ name }) => name);
};

async function partsOf({ manifest }: SubmissionRef): Promise<Readonly<Record<string, string>>> {
  const { frames } = await readSubmission(site.store, manifest);
  return Object.fromEntries(frames.map(({ name, part, unmeasured }) => [name, unmeasured ? 'unmeasured' : part]));
}

const setNow = async (): Promise<TrainingSet | undefined> =>
  (await readHead(site.store, chainOf(monaiTrainer(site.monai))))?.set;

describe('a frame that is the very picture of a held-out one of its task', () => {
  it('is held out with it, measured once, and told', async () => {
    const copies = await sealCopies(ONE);
    const submission = await desk.submit(copies);
    expect(submission).toMatchObject({
      training: 2,
      heldOut: 2,
      unmeasured: { copies: 1, others: 0, first: [`${TWO} (the picture of ${ONE})`] },
    });
    expect(await partsOf(submission)).toEqual({
      [ZERO]: 'training',
      [ONE]: 'heldOut',
      [TWO]: 'unmeasured',
      [THREE]: 'training',
    });
    expect(await desk.check(copies, submission)).toMatchObject({ own: 2 });
    expect(await measured(copies, submission)).toEqual([ONE]);
    expect(await desk.submit(copies)).toEqual(submission);
  });

  it('takes nothing of its own group with it, which is trained on and no question of a later iteration', async () => {
    // ONE is a group of its own; TWO is of one with THREE.
    const group = '(frame)_00000[23]';
    const copies = await sealCopies(ONE, { group });
    const submission = await desk.submit(copies);
    expect(submission).toMatchObject({ training: 2, heldOut: 2 });
    expect(await partsOf(submission)).toMatchObject({ [TWO]: 'unmeasured', [THREE]: 'training' });
    await giveReceipt(site, copies, submission);
    expect(await measured(copies, submission)).toEqual([ONE]);
    const later = await desk.second();
    const submitted = await desk.submit(await holding(later, ONE, { group }));
    expect(submitted).not.toHaveProperty('unmeasured');
    expect(await desk.check(later, submitted)).toMatchObject({ own: 3, earlier: 2 });
  });

  it('that an earlier version trained on leaves the training set once somebody agrees', async () => {
    const copies = await sealCopies(ONE);
    await desk.submit(await holding(copies, ''));
    expect((await setNow())?.frames).toHaveLength(4);
    const refused = await refusedBy(desk.submit(copies));
    expect(refused).toMatchObject({ type: 'HeldOutTrained', facts: { count: 2 } });
    const decisions = { putBack: false, approved: [String(refused.facts['approves'])] };
    const submission = await desk.submit(copies, decisions);
    expect(submission).toMatchObject({ training: 2, heldOut: 2, removed: 2 });
    expect(await desk.submit(copies, decisions)).toEqual(submission);
    expect(await desk.check(copies, submission)).toMatchObject({ own: 2 });
  });

  it('is not measured on where an earlier version submitted it to be trained on', async () => {
    const copies = await sealCopies(ONE);
    const submission = await desk.submit(copies);
    const { frames } = await readSubmission(site.store, submission.manifest);
    const { imageSha256 = '' } = frames.find(({ name }) => name === ONE) ?? {};
    await appendVersion(site.store, monaiTrainer(site.monai), copies.id, (set) => ({
      ...set,
      frames: set.frames.map((frame) => (frame.name === THREE ? { ...frame, imageSha256 } : frame)),
    }));
    expect(await refusedBy(measured(copies, submission))).toMatchObject({
      type: 'HeldOutTrained',
      facts: { count: 1 },
    });
  });

  it('does not come back when it was excluded and is included again', async () => {
    const copies = await sealCopies('');
    const { record, settle } = withdrawalsOf(site, { task: copies.input.task });
    const submission = await desk.submit(copies);
    await giveReceipt(site, copies, submission);
    expect((await setNow())?.frames).toHaveLength(4);
    await record('exclude', [TWO]);
    expect(await settle()).toMatchObject({ removed: 1 });
    const again = { ...(await holding(copies, ONE)), id: `${copies.id}~2` };
    const { facts } = await refusedBy(desk.submit(again));
    await desk.submit(again, { putBack: false, approved: [String(facts['approves'])] });
    await record('include', [TWO]);
    expect(await settle()).toEqual({ removed: 0, putBack: 0 });
    expect((await setNow())?.frames.map(({ name }) => name)).toEqual([ZERO, THREE]);
  });

  it('is not taken up either, where the training of its task was skipped', async () => {
    const copies = await sealCopies(ONE);
    await skippedTrainings(desk).skip(copies, copies.input.training);
    // Of a task with pictures of its own.
    const submission = await desk.submit(await desk.second());
    expect(submission.tookUp).toMatchObject({ count: 1, labels: 2 });
    expect(await skippedTrainings(desk).trainedOf(copies)).toEqual([ZERO, THREE]);
  });
});

describe('a frame with a picture that an earlier iteration holds out', () => {
  it('is held out in every later task, which measures other frames, and told', async () => {
    const first = await holding(desk.first, ONE);
    await giveReceipt(site, first, await desk.submit(first));
    const second = await sealIteration(site, { task: 'Iteration_2', images: first.input.images });
    const later = { ...second, input: { ...second.input, training: { ...site.input.training!, heldOutFraction: 0 } } };
    const submission = await desk.submit(later);
    expect(submission).toMatchObject({
      training: 3,
      heldOut: 1,
      unmeasured: { copies: 0, others: 1, first: [`${ONE} (held out by ${first.id})`] },
    });
    expect(await desk.check(later, submission)).toMatchObject({ own: 3, earlier: 3 });
    expect(await measured(later, submission)).toEqual([]);
  });
});

describe('a frame with a picture that an iteration without a receipt holds out', () => {
  it('is held out in other tasks as long as that one runs, and trained on when it was cancelled', async () => {
    const running = new Set<string>();
    await desk.close();
    desk = await openTrainingDesk({ isRunning: async (id) => running.has(id) });
    ({ site } = desk);
    const first = await holding(desk.first, ONE);
    running.add(first.id);
    // Not by the desk, which would have its held-out picture trained on by nobody.
    await site.run('submitLabels', first);
    const anew = await sealIteration(site, { task: 'Anew', images: first.input.images });
    const later = await holding(anew, TWO);
    const { facts } = await refusedBy(desk.submit(later));
    const decisions = { putBack: false, approved: [String(facts['approves'])] };
    const submission = await site.run('submitLabels', { ...later, decisions });
    expect(await partsOf(submission)).toMatchObject({ [ONE]: 'unmeasured', [TWO]: 'heldOut' });
    running.delete(first.id);
    const submitted = await desk.submit(later, decisions);
    expect(submitted).toMatchObject({ training: 3, heldOut: 1 });
    expect(submitted).not.toHaveProperty('unmeasured');
    expect(await desk.check(later, submitted)).toMatchObject({ own: 3, earlier: 0 });
    expect(await measured(later, submitted)).toEqual([TWO]);
    // A receipt counts whether or not its iteration runs.
    await giveReceipt(site, first, submission);
    expect(await refusedBy(desk.submit(later, decisions))).toMatchObject({
      type: 'HeldOutTrained',
      facts: { frames: [`${ONE} (${later.id})`] },
    });
  });
});
