import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readLabels, readSubmission } from '../../src/activities/read-manifest.ts';
import { runName } from '../../src/activities/run-name.ts';
import { readMask } from '../../src/coco/read-mask.ts';
import type { LabelsRef, TaskRef } from '../../src/contracts/refs.ts';
import { SANDBOX_MODEL } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { openActivitySite, prepareImport, type ActivitySite } from '../kit/activity-site.ts';
import { completeJobs } from '../kit/annotate.ts';

const OWN = { firstRunId: '01a20465-76ec-7c5e-a828-eb31972b201c', tryNumber: 1 };

let site: ActivitySite;
let task: TaskRef;
beforeEach(async () => {
  site = await openActivitySite({ frames: 5 });
  const prepared = await prepareImport(site);
  ({ task } = prepared);
  await site.run('importPreannotations', prepared);
});
afterEach(async () => site.close());

async function sealed(): Promise<LabelsRef> {
  await completeJobs(site, task.taskId);
  await site.run('checkCompletion', { task });
  return site.run('exportLabels', { task });
}

describe('completion', () => {
  it('is pending with counts while a job is open, and complete when all are', async () => {
    await expect(site.run('checkCompletion', { task })).rejects.toMatchObject({
      type: 'AnnotationPending',
      nonRetryable: false,
      nextRetryDelay: site.input.completion.pollMs,
      details: [{ completed: 0, jobs: 3, url: task.url }],
    });
    await completeJobs(site, task.taskId);
    expect(await site.run('checkCompletion', { task })).toMatchObject({ jobs: 3 });
  });

  it('is never read from fewer jobs than at upload, nor from a deleted task', async () => {
    await completeJobs(site, task.taskId);
    const more = { ...task, jobs: 4 };
    await expect(site.run('checkCompletion', { task: more })).rejects.toMatchObject({ type: 'JobsMissing' });
    await site.cvat.deleteTask(task.taskId);
    await expect(site.run('checkCompletion', { task })).rejects.toMatchObject({ type: 'TaskGone' });
  });

  it('is taken back by a reopened job, without another try of the activity', async () => {
    await expect(site.run('sealLabels', { task })).rejects.toMatchObject({
      type: 'TaskReopened',
      nonRetryable: true,
    });
  });
});

describe('the sealed labels', () => {
  it('are pixel-equal to what the task holds, and the same at every try', async () => {
    const labels = await sealed();
    const manifest = await readLabels(site.store, labels.manifest);
    expect(manifest.frames.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4].map((n) => `frame_00000${n}.png`));
    for (const { name, label } of manifest.frames) {
      const drawn = readMask(await readFile(join(site.scenes.masksDir, name)), name);
      expect(readMask(await site.store.get(label), name)).toEqual(drawn);
    }
    expect((await site.run('exportLabels', { task })).manifest).toEqual(labels.manifest);
  });
});

describe('the model', () => {
  it('is looked for before people begin: a misspelt name or a class that it lacks is told', async () => {
    expect(await site.run('checkModel', {})).toEqual({ checked: true });
    const misspelt = { model: 'segmantation', maxEpochs: null, heldOutFraction: 0.2 };
    await expect(site.run('checkModel', { input: { ...site.input, training: misspelt } })).rejects.toMatchObject({
      type: 'ModelNotFound',
      details: [{ model: 'segmantation', trainers: [SANDBOX_MODEL] }],
    });
    const categories = await site.store.put(Buffer.from('[{"id": 1, "name": "needle"}]'));
    await expect(site.run('checkModel', { input: { ...site.input, categories } })).rejects.toMatchObject({
      type: 'ClassMissingInModel',
    });
  });
});

describe('the submission', () => {
  it('stores labels in the indices of the model, holds frames out, and sends nothing twice', async () => {
    const labels = await sealed();
    const first = await site.run('submitLabels', { task, labels });
    expect(first).toMatchObject({ training: 4, heldOut: 1 });
    const writes = site.log.count({ server: 'monai', method: 'PUT' });
    expect(writes).toBe(5 + 4);
    const { frames, modelIndexOf } = await readSubmission(site.store, first.manifest);
    expect(modelIndexOf).toEqual({ 1: 2, 2: 3, 4: 1 });
    for (const frame of frames) {
      const stored = await site.monai.getLabel(frame.imageId, 'final');
      if (frame.part === 'heldOut') {
        expect(stored).toBeNull();
        continue;
      }
      const mask = readMask(await site.store.get(frame.label), frame.name);
      const submitted = readMask(stored ?? new Uint8Array(), frame.imageId);
      expect([...submitted.values]).toEqual([...mask.values].map((value) => (value === 0 ? 0 : modelIndexOf[value])));
    }
    expect(await site.run('submitLabels', { task, labels })).toEqual(first);
    expect(site.log.count({ server: 'monai', method: 'PUT' })).toBe(writes);
  });
});

describe('the training', () => {
  it('is joined by a further try, measured on held-out frames, and recorded', async () => {
    const labels = await sealed();
    const submission = await site.run('submitLabels', { task, labels });
    const training = await site.run('startTraining', { submission, ...OWN });
    const again = await site.run('startTraining', { submission, ...OWN });
    expect(again).toMatchObject({ taskId: training.taskId, joined: true });
    expect(site.log.count({ server: 'monai', method: 'POST', path: /^\/train/ })).toBe(1);
    const model = await site.run('watchTraining', { training });
    expect(model).toMatchObject({ model: SANDBOX_MODEL, epochs: 3 });
    const evaluation = await site.run('evaluateModel', { submission, model });
    expect(evaluation.frames).toBe(1);
    expect(evaluation.meanDice).toBeGreaterThanOrEqual(0);
  }, 240_000);

  it('is stopped by its name, and no other is', async () => {
    const submission = await site.run('submitLabels', { task, labels: await sealed() });
    const other = await site.monai.startTraining(SANDBOX_MODEL, { name: 'somebody-elses', maxEpochs: 200 });
    await site.run('stopTraining', OWN);
    expect((await site.monai.trainings()).find(({ id }) => id === other.id)?.status).not.toBe('STOPPED');
    while ((await site.monai.trainings())[0]?.status !== 'RUNNING')
      await new Promise((resolve) => setTimeout(resolve, 50));
    await site.monai.stopRunningTraining();
    while ((await site.monai.trainings())[0]?.status === 'RUNNING')
      await new Promise((resolve) => setTimeout(resolve, 50));
    await site.run('startTraining', { submission, ...OWN });
    await site.run('stopTraining', OWN);
    const mine = (await site.monai.trainings()).find(({ name }) => name === runName(site.id, OWN));
    expect(mine?.status).toMatch(/STOPPED|DONE/);
  }, 240_000);
});
