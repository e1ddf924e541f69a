import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readAmendments } from '../../src/receipts/read-amendments.ts';
import { hashBytes } from '../../src/storage/file-hash.ts';
import type { ActivitySite } from '../kit/activity-site.ts';
import { annotations, call, draw, DRAWN_POINTS } from '../kit/annotate.ts';
import { labelOfDataset } from '../kit/label-of-dataset.ts';
import { giveReceipt, sealAgain, sealIteration, type SealedIteration } from '../kit/sealed-iteration.ts';
import { FRAMES, imagesOf, skippedTrainings, type SkippedTrainings } from '../kit/skipped-trainings.ts';
import { openTrainingDesk, type TrainingDesk } from '../kit/training-desk.ts';

let desk: TrainingDesk;
let site: ActivitySite;
let first: SealedIteration;
let second: SealedIteration;
let skipped: SkippedTrainings;
beforeEach(async () => {
  desk = await openTrainingDesk();
  ({ site, first } = desk);
  skipped = skippedTrainings(desk);
  second = await desk.second();
  await skipped.skip(second);
});
afterEach(async () => desk.close());

async function labelHash(frame: number): Promise<string | null> {
  const label = await site.monai.getLabel(imagesOf(second)[frame] ?? '', 'final');
  return label === null ? null : hashBytes(label);
}

const labelInDataset = async (frame: number): Promise<string | null> =>
  labelOfDataset(site.store, second.input.project, `Iteration_2/frame_00000${frame}`);

/** Sets the state of the first job of the second task, which has its first two frames. */
async function setFirstJob(state: 'in progress' | 'completed'): Promise<void> {
  const jobs = await site.cvat.jobs(second.task.taskId);
  await site.cvat.updateJob(jobs.find(({ startFrame }) => startFrame === 0)?.id ?? 0, { state });
}

async function deleteFrames(...frames: readonly number[]): Promise<void> {
  await call(site, 'PATCH', `/api/tasks/${second.task.taskId}/data/meta`, { deleted_frames: frames });
}

/** Takes away what was drawn. */
async function erase(): Promise<void> {
  const drawn = (await annotations(site, second.task.taskId)).shapes.filter(
    ({ points }) => JSON.stringify(points) === JSON.stringify(DRAWN_POINTS),
  );
  const path = `/api/tasks/${second.task.taskId}/annotations?action=delete`;
  await call(site, 'PATCH', path, { shapes: drawn, tags: [], tracks: [] });
}

/** The first iteration takes the labels of the second one up, and has its receipt. */
async function takeUp(): Promise<Awaited<ReturnType<TrainingDesk['submit']>>> {
  const submission = await desk.submit(first);
  await desk.check(first, submission);
  await giveReceipt(site, first, submission);
  return submission;
}

/** What a third iteration corrects before it trains. */
async function correct() {
  const third = await sealIteration(site, {
    task: 'Iteration_3',
    training: skipped.trainingWith({ heldOutFraction: 0 }),
  });
  const corrections = await site.run('submitCorrections', third);
  const submission = await desk.submit(third);
  await desk.check(third, submission);
  return { corrections, submission };
}

describe('a label that is taken up', () => {
  it('is the corrected one where people edited it after its seal, which is noted once', async () => {
    const receipt = await site.store.getNamed(`receipts/${second.id}.json`);
    const sealed = await labelInDataset(0);
    await draw(site, second.task, 0);
    const submission = await takeUp();
    expect(submission).toMatchObject({ tookUp: { labels: 4 }, amendments: [{ id: second.id, frames: 1 }] });
    expect(submission).not.toHaveProperty('notTakenUp');
    expect(await desk.submit(first)).toEqual(submission);
    const [kept, ...more] = await readAmendments(site.store, second.id);
    expect(more).toEqual([]);
    expect(kept?.amendment.frames).toMatchObject([{ imageId: imagesOf(second)[0], before: sealed }]);
    expect(await labelInDataset(0)).toBe(kept?.amendment.frames[0]?.after);
    expect(await labelInDataset(0)).not.toBe(sealed);
    expect(await site.store.getNamed(`receipts/${second.id}.json`)).toEqual(receipt);
    const { corrections } = await correct();
    expect(corrections).toMatchObject({ amendments: { count: 0 }, left: { count: 0 } });
  });

  it('waits with its job where people are editing that, is told, and comes as a correction', async () => {
    await draw(site, second.task, 0);
    await setFirstJob('in progress');
    const submission = await takeUp();
    const why = 'edited since its seal: it comes when its job is complete and can be sealed anew';
    expect(submission).toMatchObject({
      tookUp: { labels: 2 },
      notTakenUp: { count: 2, first: [0, 1].map((frame) => ({ iteration: second.id, frame: FRAMES[frame], why })) },
    });
    expect(submission).not.toHaveProperty('amendments');
    expect(await skipped.trainedOf(second)).toEqual([FRAMES[2], FRAMES[3]]);
    await setFirstJob('completed');
    const { corrections } = await correct();
    expect(corrections).toMatchObject({
      amendments: { count: 1, first: [{ id: second.id, frames: 1 }] },
      left: { count: 0 },
    });
    expect(await skipped.trainedOf(second)).toEqual(FRAMES);
    const [kept] = await readAmendments(site.store, second.id);
    expect(await labelInDataset(0)).toBe(kept?.amendment.frames[0]?.after);
  });

  it('comes as it was sealed where people undid what they had edited', async () => {
    await draw(site, second.task, 0);
    await setFirstJob('in progress');
    await takeUp();
    await erase();
    await setFirstJob('completed');
    const { corrections } = await correct();
    expect(corrections).toMatchObject({ amendments: { count: 0 }, left: { count: 0 } });
    expect(await skipped.trainedOf(second)).toEqual(FRAMES);
    expect(await readAmendments(site.store, second.id)).toEqual([]);
  });

  it('is left out where its frame was deleted after the seal, and comes back when that is restored', async () => {
    const sealed = await labelInDataset(1);
    await deleteFrames(1);
    expect(await takeUp()).toMatchObject({ tookUp: { labels: 3 }, amendments: [{ id: second.id, frames: 1 }] });
    expect(await skipped.trainedOf(second)).toEqual([FRAMES[0], FRAMES[2], FRAMES[3]]);
    expect(await labelInDataset(1)).toBeNull();
    await deleteFrames();
    await correct();
    expect(await skipped.trainedOf(second)).toEqual(FRAMES);
    expect(await labelInDataset(1)).toBe(sealed);
  });

  it('comes back where its frame was deleted while it was trained on, and restored', async () => {
    await takeUp();
    const before = await labelHash(1);
    await deleteFrames(1);
    await correct();
    expect(await skipped.trainedOf(second)).toEqual([FRAMES[0], FRAMES[2], FRAMES[3]]);
    await deleteFrames();
    const fourth = await sealIteration(site, { task: 'Iteration_4' });
    expect(await site.run('submitCorrections', fourth)).toMatchObject({ amendments: { count: 1 } });
    expect(await labelHash(1)).toBe(before);
  });

  it('stays away where its frame is deleted before its job is complete again, and is then no label of the dataset', async () => {
    await draw(site, second.task, 0);
    await setFirstJob('in progress');
    await takeUp();
    await deleteFrames(0);
    await setFirstJob('completed');
    await correct();
    expect(await skipped.trainedOf(second)).toEqual(FRAMES.slice(1));
    expect(await labelInDataset(0)).toBeNull();
  });

  it('is told to be none where its frame was deleted when the task was sealed, and restored since', async () => {
    await deleteFrames(1);
    const again = { ...second, id: `${second.id}~2`, ...(await sealAgain(site, second)) };
    await skipped.skip(again);
    expect(await takeUp()).toMatchObject({ tookUp: { labels: 3 } });
    await deleteFrames();
    const { corrections } = await correct();
    const why: unknown = expect.stringContaining('deleted when its task was sealed');
    expect(corrections.left).toEqual({ count: 1, first: [{ iteration: again.id, frame: FRAMES[1], why }] });
    expect(await skipped.trainedOf(second)).toEqual([FRAMES[0], FRAMES[2], FRAMES[3]]);
  });

  it('does not come where another iteration holds its very picture out meanwhile', async () => {
    await draw(site, second.task, 0);
    await setFirstJob('in progress');
    await takeUp();
    const list = await site.store.put(Buffer.from(FRAMES[0] ?? ''));
    const copy = await sealIteration(site, { task: 'Iteration_4', images: second.input.images });
    const held = { heldOut: { kind: 'names', list } } as const;
    const copying = { ...copy, input: { ...copy.input, training: skipped.trainingWith(held) } };
    await desk.submit(copying);
    await setFirstJob('completed');
    await correct();
    expect(await skipped.trainedOf(second)).toEqual(FRAMES.slice(1));
  });
});
