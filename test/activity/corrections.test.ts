import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chainOf, readHead } from '../../src/activities/training-set/set-chain.ts';
import { trainingSetName } from '../../src/contracts/ids.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { readLabels } from '../../src/activities/read-manifest.ts';
import { readAmendments } from '../../src/receipts/read-amendments.ts';
import { imageId } from '../../src/monai/image-id.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { annotations, call, draw, DRAWN_POINTS } from '../kit/annotate.ts';
import { labelOfDataset } from '../kit/label-of-dataset.ts';
import { giveReceipt, imagesOf, sealAgain, sealIteration, type SealedIteration } from '../kit/sealed-iteration.ts';
import { withdrawalsOf } from '../kit/withdrawals.ts';

let site: ActivitySite;
let first: SealedIteration;
let second: SealedIteration;
let training: readonly string[];

beforeEach(async () => {
  site = await openActivitySite({ frames: 4, sandboxMonai: { watcherLimit: null, watcherMs: 30 } });
  first = await sealIteration(site);
  const submission = await site.run('submitLabels', first);
  ({ training } = await imagesOf(site, submission));
  await giveReceipt(site, first, submission);
  second = await sealIteration(site, { task: 'Iteration_2' });
});
afterEach(async () => site.close());

async function labelHash(id: string): Promise<string | null> {
  const label = await site.monai.getLabel(id, 'final');
  return label === null ? null : createHash('sha256').update(label).digest('hex');
}

/** A frame of the first task that is trained on: the first one, or a later one. */
function trainedFrame(place = 0): number {
  const number = [0, 1, 2, 3].filter((frame) => training.includes(idOf(frame)))[place];
  if (number === undefined) throw new Error('no frame is trained on');
  return number;
}

/** Sets the state of the job that a frame of the first task is in. */
async function setJob(frame: number, state: 'in progress' | 'completed'): Promise<void> {
  const jobs = await site.cvat.jobs(first.task.taskId);
  const job = jobs.find(({ startFrame, stopFrame }) => startFrame <= frame && frame <= stopFrame);
  await site.cvat.updateJob(job?.id ?? 0, { state });
}

/** Takes away what was drawn into a frame of the first task. */
async function eraseDrawing(frame: number): Promise<void> {
  const shapes = (await annotations(site, first.task.taskId)).shapes.filter(
    (shape) => shape.frame === frame && JSON.stringify(shape.points) === JSON.stringify(DRAWN_POINTS),
  );
  const path = `/api/tasks/${first.task.taskId}/annotations?action=delete`;
  await call(site, 'PATCH', path, { shapes, tags: [], tracks: [] });
}

async function deleteFrames(...frames: readonly number[]): Promise<void> {
  await call(site, 'PATCH', `/api/tasks/${first.task.taskId}/data/meta`, { deleted_frames: frames });
}

/** Hash of the label of a frame of the first task, as it would be sealed now. */
async function sealedHash(frame: number): Promise<string | undefined> {
  const sealed = await readLabels(site.store, (await sealAgain(site, first)).labels.manifest);
  return sealed.frames.find((one) => one.frame === frame)?.label.sha256;
}

/** Puts the label that the receipt names back into MONAI Label, as it was before any correction. */
async function putBackAsSealed(frame: number): Promise<void> {
  const set = (await readHead(site.store, chainOf(monaiTrainer(site.monai))))?.set;
  const own = set?.frames.find(({ imageId: id }) => id === idOf(frame));
  if (own === undefined) throw new Error('the training set lacks the frame');
  const bytes = await site.store.get(own.submitted);
  await site.monai.putLabel({ imageId: own.imageId, tag: 'final', fileName: 'a.png', bytes, labelInfo: [] });
}

const idOf = (frame: number): string => imageId({ ...first.input, frame: `frame_00000${frame}.png` });

const labelInDataset = async (frame: number): Promise<string | null> =>
  labelOfDataset(site.store, first.input.project, `Iteration_1/frame_00000${frame}`);

describe('a correction', () => {
  it('is nothing where nobody edited what was sealed', async () => {
    expect(await site.run('submitCorrections', second)).toEqual({
      looked: 0,
      amendments: { count: 0, first: [], list: null },
      left: { count: 0, first: [] },
    });
  });

  it('replaces the label of an edited frame alone, notes it once, and leaves the receipt as it is', async () => {
    const frame = trainedFrame();
    const receipt = await site.store.getNamed(`receipts/${first.id}.json`);
    const before = new Map(await Promise.all(training.map(async (id) => [id, await labelHash(id)] as const)));
    await draw(site, first.task, frame);
    const corrections = await site.run('submitCorrections', second);
    expect(corrections).toMatchObject({ looked: 1, amendments: { count: 1 }, left: { count: 0 } });
    expect(await site.run('submitCorrections', second)).toEqual(corrections);
    const [kept, ...more] = await readAmendments(site.store, first.id);
    expect(more).toEqual([]);
    const sealed = await readLabels(site.store, (await sealAgain(site, first)).labels.manifest);
    const after = sealed.frames.find((one) => one.frame === frame)?.label.sha256;
    expect(kept?.amendment).toMatchObject({ id: first.id, by: second.id, frames: [{ imageId: idOf(frame), after }] });
    const changed = [];
    for (const id of training) if ((await labelHash(id)) !== before.get(id)) changed.push(id);
    expect(changed).toEqual([idOf(frame)]);
    expect(await site.store.getNamed(`receipts/${first.id}.json`)).toEqual(receipt);
    expect(await labelInDataset(frame)).toBe(after);
    const submission = await site.run('submitLabels', second);
    expect(await site.run('checkTrainingSet', { ...second, submission })).toMatchObject({ own: 3, earlier: 3 });
  });

  it('takes a frame that was deleted out of the training set', async () => {
    const frame = trainedFrame();
    await deleteFrames(frame);
    await draw(site, first.task, frame);
    expect(await labelInDataset(frame)).not.toBeNull();
    await site.run('submitCorrections', second);
    expect(await labelInDataset(frame)).toBeNull();
    expect(await site.monai.trainingSet()).not.toContain(idOf(frame));
    const submission = await site.run('submitLabels', second);
    expect(await site.run('checkTrainingSet', { ...second, submission })).toMatchObject({ own: 3, earlier: 2 });
  });

  it('waits for a job that people have open again', async () => {
    const frame = trainedFrame();
    await draw(site, first.task, frame);
    await setJob(frame, 'in progress');
    const name = `frame_00000${frame}.png`;
    expect(await site.run('submitCorrections', second)).toMatchObject({
      amendments: { count: 0 },
      left: { count: 1, first: [{ iteration: first.id, frame: name, why: 'its job is not complete' }] },
    });
    await setJob(frame, 'completed');
    expect(await site.run('submitCorrections', second)).toMatchObject({ amendments: { count: 1 } });
  });

  it('is not lost where its job was completed after another frame of the task was corrected', async () => {
    const [other, late] = [trainedFrame(), trainedFrame(1)];
    const before = await labelHash(idOf(late));
    await draw(site, first.task, late);
    await setJob(late, 'in progress');
    await draw(site, first.task, other);
    expect(await site.run('submitCorrections', second)).toMatchObject({ amendments: { count: 1 }, left: { count: 1 } });
    await setJob(late, 'completed');
    const third = await sealIteration(site, { task: 'Iteration_3' });
    expect(await site.run('submitCorrections', third)).toMatchObject({ amendments: { count: 1 }, left: { count: 0 } });
    expect(await labelHash(idOf(late))).not.toBe(before);
    expect(await labelInDataset(late)).toBe(await sealedHash(late));
  });

  it('reaches a frame that is excluded meanwhile, as soon as it is included again', async () => {
    const [other, excluded] = [trainedFrame(), trainedFrame(1)];
    const before = await labelHash(idOf(excluded));
    const { record } = withdrawalsOf(site);
    await record('exclude', [`frame_00000${excluded}.png`]);
    await draw(site, first.task, excluded);
    await draw(site, first.task, other);
    await site.run('submitCorrections', second);
    await site.run('submitLabels', second);
    expect(await labelHash(idOf(excluded))).toBeNull();
    await record('include', [`frame_00000${excluded}.png`]);
    const third = await sealIteration(site, { task: 'Iteration_3' });
    expect(await site.run('submitCorrections', third)).toMatchObject({ amendments: { count: 1 } });
    expect(await labelHash(idOf(excluded))).not.toBeNull();
    expect(await labelHash(idOf(excluded))).not.toBe(before);
    expect(await labelInDataset(excluded)).toBe(await sealedHash(excluded));
  });

  it('is made by the next iteration where the one that noted it was lost before it came to the training set', async () => {
    const frame = trainedFrame();
    await draw(site, first.task, frame);
    const chain = chainOf(monaiTrainer(site.monai));
    const head = (await readHead(site.store, chain))?.name;
    await site.run('submitCorrections', second);
    const after = await labelHash(idOf(frame));
    // As a crash directly after the amendment would have left it.
    for (const name of await site.store.listNamed(trainingSetName(chain, null)))
      if (head !== undefined && name > head) await site.store.removeNamed(name);
    await putBackAsSealed(frame);
    const third = await sealIteration(site, { task: 'Iteration_3' });
    expect(await site.run('submitCorrections', third)).toMatchObject({ amendments: { count: 1 } });
    expect(await labelHash(idOf(frame))).toBe(after);
  });

  it('brings a frame back that was deleted and corrected, once it is restored and its job is complete', async () => {
    const frame = trainedFrame();
    const [before, inDataset] = [await labelHash(idOf(frame)), await labelInDataset(frame)];
    await deleteFrames(frame);
    await site.run('submitCorrections', second);
    expect([await labelHash(idOf(frame)), await labelInDataset(frame)]).toEqual([null, null]);
    await deleteFrames();
    await setJob(frame, 'in progress');
    const third = await sealIteration(site, { task: 'Iteration_3' });
    const waiting = { iteration: first.id, frame: `frame_00000${frame}.png`, why: 'its job is not complete' };
    expect(await site.run('submitCorrections', third)).toMatchObject({ left: { count: 1, first: [waiting] } });
    await setJob(frame, 'completed');
    const corrections = await site.run('submitCorrections', third);
    expect(corrections).toMatchObject({ amendments: { count: 1 }, left: { count: 0 } });
    expect(await site.run('submitCorrections', third)).toEqual(corrections);
    expect([await labelHash(idOf(frame)), await labelInDataset(frame)]).toEqual([before, inDataset]);
    const submission = await site.run('submitLabels', third);
    expect(await site.run('checkTrainingSet', { ...third, submission })).toMatchObject({ own: 3, earlier: 3 });
  });

  it('is taken back where people have undone it', async () => {
    const frame = trainedFrame();
    const before = await labelHash(idOf(frame));
    const inDataset = await labelInDataset(frame);
    await draw(site, first.task, frame);
    await site.run('submitCorrections', second);
    expect(await labelHash(idOf(frame))).not.toBe(before);
    await eraseDrawing(frame);
    const third = await sealIteration(site, { task: 'Iteration_3' });
    expect(await site.run('submitCorrections', third)).toMatchObject({ amendments: { count: 1 }, left: { count: 0 } });
    expect(await labelHash(idOf(frame))).toBe(before);
    expect(await labelInDataset(frame)).toBe(inDataset);
  });
});
