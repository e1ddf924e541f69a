import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { categoriesOf } from '../../src/activities/categories-of.ts';
import { readHeldOut, readLabels, readSubmission } from '../../src/activities/read-manifest.ts';
import { readMask } from '../../src/coco/read-mask.ts';
import { collectGroundTruth } from '../../src/collect/collect-ground-truth.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import type { TrainingOptions } from '../../src/contracts/training.ts';
import type { Cvat } from '../../src/cvat/cvat.ts';
import { imageId } from '../../src/monai/image-id.ts';
import { verifyReceipt } from '../../src/receipts/verify/verify-receipt.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { call } from '../kit/annotate.ts';
import { giveReceipt, imagesOf, sealIteration, type SealedIteration } from '../kit/sealed-iteration.ts';
import { refusedBy } from '../kit/training-desk.ts';

/** What the ground truth job is about; only the first of them has something drawn on it. */
const [DRAWN, EMPTY] = ['frame_000001.png', 'frame_000003.png'];
const OWN = { firstRunId: 'first', tryNumber: 1 };

let site: ActivitySite;
afterEach(async () => site.close());

function holdingOut(changes: Partial<TrainingOptions>): Partial<IterationInput> {
  return { training: { ...site.input.training!, heldOutFraction: 0, ...changes } };
}

async function makeGroundTruth(taskId: number, frames: readonly number[] = [1, 3]): Promise<number> {
  const asked = { type: 'ground_truth', task_id: taskId, frame_selection_method: 'manual', frames };
  await call(site, 'POST', '/api/jobs', asked);
  const [job] = await site.cvat.jobs(taskId, { type: 'ground_truth' });
  return job?.id ?? 0;
}

/** Draws four pixels of the second class. */
async function drawTruth(job: number, frame: number, left = 1): Promise<void> {
  const { projectId } = await site.cvat.job(job);
  const label = (await site.cvat.projectLabels(projectId ?? 0))[1];
  const shape = { type: 'mask', label_id: label?.id, frame, points: [0, 4, left, 1, left + 1, 2], source: 'manual' };
  const shapes = [{ ...shape, z_order: 0, occluded: false, attributes: [] }];
  await call(site, 'PATCH', `/api/jobs/${job}/annotations?action=create`, { shapes, tags: [], tracks: [] });
}

async function measured(iteration: SealedIteration, submission: Awaited<ReturnType<typeof submit>>) {
  const { id, input, task } = iteration;
  const before = await site.run('measureModel', { id, input, ...OWN, task, submission, taken: [], known: null });
  return (await readHeldOut(site.store, before.heldOut)).frames;
}

async function submit(iteration: SealedIteration) {
  return site.run('submitLabels', iteration);
}

async function pixels(label: ArtifactRef): Promise<number> {
  return readMask(await site.store.get(label), 'label').values.filter((value) => value !== 0).length;
}

describe.each(['2.54.1', '2.73.0'] as const)('the ground truth job of CVAT %s', (version) => {
  beforeEach(async () => {
    const sandboxMonai = { watcherLimit: null, watcherMs: 20, epochMs: 1 };
    site = await openActivitySite({ frames: 4, version, sandboxMonai });
  });

  it('is held out with its own labels once it is completed: frames, seal and counts', async () => {
    const first = await sealIteration(site, holdingOut({ heldOut: { kind: 'ground-truth', task: null } }));
    const missing = await refusedBy(submit(first));
    expect(missing).toMatchObject({ type: 'GroundTruthMissing', facts: { task: first.task.taskId } });
    const job = await makeGroundTruth(first.task.taskId);
    await drawTruth(job, 1);
    expect(await refusedBy(submit(first))).toMatchObject({ type: 'GroundTruthOpen', facts: { job, state: 'new' } });
    expect((await site.monai.datastoreStats()).total).toBe(0);
    await site.cvat.updateJob(job, { state: 'completed' });

    const submission = await submit(first);
    expect(submission).toMatchObject({ training: 2, heldOut: 2, groundTruth: { job, frames: 2 } });
    expect(await submit(first)).toEqual(submission);
    const held = await measured(first, submission);
    expect(held.map(({ name }) => name)).toEqual([DRAWN, EMPTY]);
    expect(await Promise.all(held.map(async ({ label }) => pixels(label)))).toEqual([4, 0]);
    const sealed = (await readLabels(site.store, first.labels.manifest)).frames;
    for (const { name, label } of held) {
      const people = sealed.find((frame) => frame.name === name);
      expect(label.sha256).not.toBe(people?.label.sha256);
    }
    const { training, heldOut } = await imagesOf(site, submission);
    expect([...(await site.monai.trainingSet())].toSorted()).toEqual(training.toSorted());
    for (const id of heldOut) expect(await site.monai.getLabel(id, 'final')).toBeNull();

    await giveReceipt(site, first, submission);
    const found = await verifyReceipt(site.store, first.id, { signal: new AbortController().signal });
    expect([found.failures, found.absent]).toEqual([[], []]);
    const { groundTruth } = await readSubmission(site.store, submission.manifest);
    expect(groundTruth).toMatchObject({ job, seal: submission.groundTruth?.seal, outside: [] });
  }, 240_000);

  it('is refused where somebody opens it again while it is sealed', async () => {
    const { task, input } = await sealIteration(site);
    const job = await makeGroundTruth(task.taskId);
    await site.cvat.updateJob(job, { state: 'completed' });
    let reads = 0;
    const cvat: Cvat = {
      ...site.cvat,
      jobContent: async (id, signal) => {
        reads += 1;
        const content = await site.cvat.jobContent(id, signal);
        if (reads === 1) await site.cvat.updateJob(job, { state: 'in progress' });
        return content;
      },
    };
    const categories = await categoriesOf(site.store, input);
    const { signal } = new AbortController();
    const place = { store: site.store, taskId: task.taskId, categories, signal };
    await expect(collectGroundTruth({ cvat, ...place })).rejects.toMatchObject({ code: 'GroundTruthOpen' });
    await site.cvat.updateJob(job, { state: 'completed' });
    expect(await collectGroundTruth({ cvat, ...place })).toMatchObject({
      job,
      frames: [{ name: DRAWN }, { name: EMPTY }],
    });
  }, 240_000);

  it('of the own task is the same whether the task is named or not', async () => {
    const own = { kind: 'ground-truth', task: site.input.task } as const;
    const first = await sealIteration(site, holdingOut({ heldOut: own }));
    await site.cvat.updateJob(await makeGroundTruth(first.task.taskId), { state: 'completed' });
    const submission = await submit(first);
    expect(submission).toMatchObject({ training: 2, heldOut: 2 });
    expect((await readSubmission(site.store, submission.manifest)).groundTruth?.outside).toEqual([]);
  }, 240_000);

  it('is sealed anew where it was corrected, and refused while it is open again', async () => {
    const first = await sealIteration(site, holdingOut({ heldOut: { kind: 'ground-truth', task: null } }));
    const job = await makeGroundTruth(first.task.taskId);
    await site.cvat.updateJob(job, { stage: 'acceptance', state: 'completed' });
    const before = await submit(first);
    await site.cvat.updateJob(job, { state: 'in progress' });
    expect(await refusedBy(submit(first))).toMatchObject({ type: 'GroundTruthOpen' });
    await drawTruth(job, 3, 5);
    await site.cvat.updateJob(job, { state: 'completed' });
    const after = await submit(first);
    expect(after.groundTruth?.seal.sha256).not.toBe(before.groundTruth?.seal.sha256);
    const held = await measured(first, after);
    expect(await Promise.all(held.map(async ({ label }) => pixels(label)))).toEqual([0, 4]);
  }, 240_000);

  it('of another task is measured there, its images without a label, and found out where it was trained on', async () => {
    const first = await sealIteration(site);
    const job = await makeGroundTruth(first.task.taskId, [2]);
    await drawTruth(job, 2);
    await site.cvat.updateJob(job, { state: 'completed' });
    const heldOut = { kind: 'ground-truth', task: first.input.task } as const;
    const grouped = holdingOut({ heldOut, group: String.raw`(\d+)` });
    const second = await sealIteration(site, { task: 'Iteration_2', ...grouped });
    const submission = await submit(second);
    // The frame of the same group in its own task is held out with it.
    expect(submission).toMatchObject({
      training: 3,
      heldOut: 1,
      groundTruth: { taskId: first.task.taskId, frames: 1 },
    });
    const outside = (await measured(second, submission)).at(-1);
    const id = imageId({ ...first.input, frame: 'frame_000002.png' });
    expect(outside).toMatchObject({ name: 'frame_000002.png', imageId: id, group: '000002' });
    expect([await pixels(outside!.label), await site.monai.getLabel(id, 'final')]).toEqual([4, null]);
    expect(await site.monai.getImage(id)).not.toBeNull();
    // Its own task trains on all but this one from then on.
    const own = await submit({ ...first, input: { ...first.input, ...holdingOut({}) } });
    expect(own.unmeasured).toEqual({ copies: 0, others: 1, first: [`frame_000002.png (held out by ${second.id})`] });
    expect(await measured(second, submission)).toContainEqual(outside);
    const bytes = await readFile(join(site.scenes.masksDir, 'frame_000002.png'));
    await site.monai.putLabel({ imageId: id, tag: 'final', fileName: `${id}.png`, bytes, labelInfo: [] });
    expect(await refusedBy(measured(second, submission))).toMatchObject({ type: 'HeldOutTrained' });
    const unknown = { ...second, input: { ...second.input, ...holdingOut({ heldOut: { ...heldOut, task: 'none' } }) } };
    expect(await refusedBy(submit(unknown))).toMatchObject({ type: 'GroundTruthMissing' });
  }, 240_000);
});
