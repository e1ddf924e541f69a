import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSubmission } from '../../src/activities/read-manifest.ts';
import type { SubmissionRef } from '../../src/contracts/training.ts';
import type { ActivitySite } from '../kit/activity-site.ts';
import { call } from '../kit/annotate.ts';
import { labelOfDataset } from '../kit/label-of-dataset.ts';
import { recordReceipt } from '../kit/recorded-iteration.ts';
import { giveReceipt, sealAgain, type SealedIteration } from '../kit/sealed-iteration.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';

let desk: TrainingDesk;
let site: ActivitySite;
let first: SealedIteration;
beforeEach(async () => {
  desk = await openTrainingDesk();
  ({ site, first } = desk);
});
afterEach(async () => desk.close());

/** A frame that the first iteration trains on, by its place, name and image. */
async function trainedFrame(submission: SubmissionRef) {
  const { frames } = await readSubmission(site.store, submission.manifest);
  const frame = frames.findIndex(({ part }) => part === 'training');
  const { name = '', imageId = '' } = frames[frame] ?? {};
  return { frame, name, imageId, stem: `Iteration_1/${name.replace('.png', '')}` };
}

/** The same task as a further iteration has it, after a frame was deleted in CVAT. */
async function withoutFrame(frame: number): Promise<SealedIteration> {
  await call(site, 'PATCH', `/api/tasks/${first.task.taskId}/data/meta`, { deleted_frames: [frame] });
  return { ...first, id: `${first.id}~2`, ...(await sealAgain(site, first)) };
}

describe('a frame that was deleted in CVAT before its task was sealed again', () => {
  it('leaves trainer, training set and dataset, and the receipt is amended', async () => {
    const submission = await desk.submit(first);
    await giveReceipt(site, first, submission);
    const { frame, imageId, stem } = await trainedFrame(submission);
    expect(await labelOfDataset(site.store, first.input.project, stem)).not.toBeNull();
    const again = await withoutFrame(frame);
    const submitted = await desk.submit(again);
    expect(submitted).toMatchObject({ training: 2, heldOut: 1, removed: 1, amendments: [{ id: first.id, frames: 1 }] });
    expect(await desk.submit(again)).toEqual(submitted);
    expect(await site.monai.getLabel(imageId, 'final')).toBeNull();
    expect(await desk.check(again, submitted)).toMatchObject({ own: 2, earlier: 0 });
    await giveReceipt(site, again, submitted);
    expect(await labelOfDataset(site.store, first.input.project, stem)).toBeNull();
  });

  it('leaves the dataset also where nothing is trained', async () => {
    const submission = await desk.submit(first);
    await giveReceipt(site, first, submission);
    const { frame, stem } = await trainedFrame(submission);
    const again = await withoutFrame(frame);
    const { task, seal, labels } = again;
    await recordReceipt(site, { task, seal, labels }, { id: again.id, input: { ...again.input, training: null } });
    expect(await labelOfDataset(site.store, first.input.project, stem)).toBeNull();
  });

  it('is told of where somebody else has put another label there', async () => {
    const submission = await desk.submit(first);
    await giveReceipt(site, first, submission);
    const { frame, imageId } = await trainedFrame(submission);
    const theirs = await desk.putForeign(imageId);
    const again = await withoutFrame(frame);
    const refused = await refusedBy(desk.check(again, await desk.submit(again)));
    expect(refused.facts).toMatchObject({ count: 1, changed: [expect.stringContaining(first.id)] });
    expect(await site.monai.getLabel(imageId, 'final')).toEqual(Buffer.from(theirs));
  });
});
