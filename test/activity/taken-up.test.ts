import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendVersion } from '../../src/activities/training-set/set-chain.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import type { TrainingOptions } from '../../src/contracts/training.ts';
import { hashBytes } from '../../src/storage/file-hash.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import type { ActivitySite } from '../kit/activity-site.ts';
import { giveReceipt, sealIteration, type SealedIteration } from '../kit/sealed-iteration.ts';
import { FRAMES, skippedTrainings, type SkippedTrainings } from '../kit/skipped-trainings.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';

let desk: TrainingDesk;
let site: ActivitySite;
let first: SealedIteration;
let second: SealedIteration;
let skipped: SkippedTrainings;
beforeEach(async () => {
  held.clear();
  desk = await openTrainingDesk();
  ({ site, first } = desk);
  skipped = skippedTrainings(desk);
  second = await desk.second();
});
afterEach(async () => {
  const found = await site.monai.trainingSet();
  const pictures = await Promise.all(
    found.map(async (id) => hashBytes((await site.monai.getImage(id)) ?? new Uint8Array())),
  );
  await desk.close();
  if (pictures.some((picture) => held.has(picture))) throw new Error('MONAI Label would train on a held-out picture');
});

/** SHA-256 of pictures that somebody holds out: whatever else a test looks at, none may be in a training set under any name. */
const held = new Set<string>();

async function holdPicture({ input }: SealedIteration, frame = FRAMES[1] ?? ''): Promise<ArtifactRef> {
  held.add(hashBytes(await readFile(join(fileURLToPath(input.images?.uri ?? ''), frame))));
  return site.store.put(Buffer.from(frame));
}

/** Makes the training set say no more of held-out frames than versions of before did. */
async function forgetHoldings(): Promise<void> {
  await appendVersion(site.store, monaiTrainer(site.monai), first.id, ({ origins, ...set }) => {
    const bare = Object.entries(origins).map(([id, { holding: _, ...origin }]) => [id, origin] as const);
    return { ...set, origins: Object.fromEntries(bare) };
  });
}

describe('what another iteration holds out, where labels are taken up', () => {
  /** An iteration with a receipt that held one frame out, and a third one that trains. */
  async function heldOutByFirst(changes: Partial<TrainingOptions>): Promise<SealedIteration> {
    const list = await holdPicture(first);
    const training = skipped.trainingWith({ heldOut: { kind: 'names', list }, ...changes });
    const holding = { ...first, input: { ...first.input, training } };
    const submission = await desk.submit(holding);
    await desk.check(holding, submission);
    await giveReceipt(site, holding, submission);
    return sealIteration(site, { task: 'Iteration_3', training: skipped.trainingWith({ heldOutFraction: 0 }) });
  }

  it('is not trained on where its group is split over two tasks', async () => {
    const third = await heldOutByFirst({ group: String.raw`(\d+)` });
    await skipped.skip(second);
    // Of its own frames a person is asked.
    const { facts } = await refusedBy(desk.submit(third));
    expect(facts['frames']).toEqual([`${FRAMES[1]} (${first.id})`]);
    const submission = await desk.submit(third, { putBack: false, approved: [String(facts['approves'])] });
    expect(submission).toMatchObject({ training: 3, heldOut: 1, tookUp: { labels: 3 } });
    expect(await skipped.trainedOf(second)).toEqual([FRAMES[0], FRAMES[2], FRAMES[3]]);
  });

  it('is not trained on where the rule of the iteration that is taken up makes a group of it', async () => {
    const third = await heldOutByFirst({});
    await skipped.skip(second, skipped.trainingWith({ heldOutFraction: 0, group: String.raw`(\d+)` }));
    await desk.submit(third);
    expect(await skipped.trainedOf(second)).toEqual([FRAMES[0], FRAMES[2], FRAMES[3]]);
  });

  it('is not trained on where the same picture is in two tasks', async () => {
    const third = await heldOutByFirst({});
    const copy = await sealIteration(site, { task: 'Iteration_4', images: first.input.images });
    await skipped.skip(copy);
    expect((await desk.submit(third)).tookUp).toMatchObject({ labels: 3 });
    expect(await skipped.trainedOf(copy)).toEqual([FRAMES[0], FRAMES[2], FRAMES[3]]);
  });

  it('is not trained on where two iterations are taken up at once, and the later one would have held it out', async () => {
    const list = await holdPicture(second);
    const copy = await sealIteration(site, { task: 'Iteration_4', images: second.input.images });
    await skipped.skip(second);
    await skipped.skip(copy, skipped.trainingWith({ heldOut: { kind: 'names', list } }));
    expect((await desk.submit(first)).tookUp).toMatchObject({ count: 2, labels: 6 });
    expect(await skipped.trainedOf(second)).toEqual([FRAMES[0], FRAMES[2], FRAMES[3]]);
    expect(await skipped.trainedOf(copy)).toEqual([FRAMES[0], FRAMES[2], FRAMES[3]]);
  });

  it('is not trained on where a loop keeps the same pictures in a task that nothing was measured on yet', async () => {
    const loop = { name: 'vessels', number: 0, policy: second.labels.manifest, selection: null };
    const copy = await sealIteration(site, { task: 'Iteration_4', images: second.input.images });
    await skipped.skip({ ...second, input: { ...second.input, loop } });
    await skipped.skip(copy);
    expect((await desk.submit(first)).tookUp).toMatchObject({ count: 1, labels: 0 });
    expect(await skipped.trainedOf(copy)).toEqual([]);
  });

  it('is not trained on where a training of its own would have been measured on a folder with the same pictures', async () => {
    const images = second.input.images!;
    const masks = second.input.masks!;
    await skipped.skip(second, skipped.trainingWith({ heldOut: { kind: 'folder', images, masks } }));
    expect((await desk.submit(first)).tookUp).toMatchObject({ count: 1, labels: 0 });
  });

  it('is known by the receipt where the training set does not tell its pictures', async () => {
    const third = await heldOutByFirst({});
    const copy = await sealIteration(site, { task: 'Iteration_4', images: first.input.images });
    await skipped.skip(copy);
    await forgetHoldings();
    expect((await desk.submit(third)).tookUp).toMatchObject({ labels: 3 });
    expect(await skipped.trainedOf(copy)).toEqual([FRAMES[0], FRAMES[2], FRAMES[3]]);
  });

  it('keeps all labels from being taken up where nothing tells its pictures, and they are told to wait', async () => {
    await desk.submit(first);
    await forgetHoldings();
    await skipped.skip(second);
    const third = await sealIteration(site, { task: 'Iteration_3' });
    const submission = await desk.submit(third);
    expect(submission).not.toHaveProperty('tookUp');
    expect(submission.notTakenUp).toEqual({
      count: 1,
      first: [
        { iteration: second.id, frame: null, why: expect.stringContaining(`the frames that ${first.id} holds out`) },
      ],
    });
    expect(await desk.check(third, submission)).toMatchObject({ neverSubmitted: { count: 1, first: [second.id] } });
    expect(await skipped.trainedOf(second)).toEqual([]);
  });
});
