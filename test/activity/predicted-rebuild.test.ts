import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { ImportRef, TaskRef } from '../../src/contracts/refs.ts';
import type { Taken } from '../../src/contracts/training-activities.ts';
import { shapeDigest } from '../../src/cvat/shape-digest.ts';
import { SANDBOX_MODEL } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { call } from '../kit/annotate.ts';
import { convertPredicted, predict, predicted, predictingInput, publishModel } from '../kit/prediction-site.ts';

let site: ActivitySite;
beforeEach(async () => {
  site = await openActivitySite({ frames: 4, sandboxMonai: { watcherLimit: null } });
});
afterEach(async () => site.close());

/** Predicts, converts and imports, as an iteration with these inputs does. */
async function preannotate(
  changes: Partial<IterationInput> = {},
  taken: readonly Taken[] = [],
): Promise<{ task: TaskRef; imported: ImportRef }> {
  const input = predictingInput(site, changes);
  const known = input.images === null ? await site.run('ensureTask', { input }) : null;
  const dataset = await convertPredicted(site, input, await predict(site, { input, task: known, taken }));
  const task = await site.run('ensureTask', { input });
  const guard = await site.run('guardTask', { input, task, dataset });
  const sent = await site.run('importPreannotations', { input, task, dataset, guard });
  return { task, imported: await site.run('verifyImport', { input, task, dataset, imported: sent }) };
}

/** The same for the frames of the task, in the place of what is there; a person has taken the model as it is. */
async function rebuild(taken: readonly Taken[] = []): Promise<ImportRef> {
  return (await preannotate({ images: null, importScope: 'rebuild' }, taken)).imported;
}

async function digestsOfJobs({ taskId }: TaskRef): Promise<readonly string[]> {
  const jobs = await site.cvat.jobs(taskId, { type: 'annotation' });
  const digests: string[] = [];
  for (const { id } of jobs) digests.push(shapeDigest((await site.cvat.jobAnnotations(id)).shapes));
  return digests;
}

describe('predicted masks in CVAT', () => {
  it('are pre-annotations of the task that is made of the same images', async () => {
    await publishModel(site, 1);
    const { task, imported } = await preannotate();
    expect(task).toMatchObject({ created: true, frames: 4 });
    const { shapes } = await site.cvat.taskAnnotations(task.taskId);
    expect(shapes).toHaveLength(imported.shapes);
    expect(shapes.length).toBeGreaterThan(0);
    expect(shapes.every(({ source }) => source === 'auto')).toBe(true);
  });

  it('are replaced by those of another model, and after a rollback by the first ones, which are not predicted again', async () => {
    await publishModel(site, 1);
    const { task } = await preannotate();
    const first = await digestsOfJobs(task);

    const taken = [{ checksum: await publishModel(site, 2), by: 'ines' }];
    expect((await rebuild(taken)).perJob).toMatchObject({ written: 2, leftAlone: 0 });
    const second = await digestsOfJobs(task);
    expect(second.map((digest, job) => digest === first[job])).toEqual([false, false]);

    const place = { connection: 'default', model: SANDBOX_MODEL };
    await site.run('publishModel', { ...place, checksum: null, by: 'ines' });
    expect(predicted(site)).toBe(8);
    expect((await rebuild()).perJob).toMatchObject({ written: 2, leftAlone: 0 });
    expect(await digestsOfJobs(task)).toEqual(first);
    expect(predicted(site)).toBe(8);
  });

  it('stay as they are in a job that somebody has opened', async () => {
    await publishModel(site, 1);
    const { task } = await preannotate();
    const before = await digestsOfJobs(task);
    const [opened] = await site.cvat.jobs(task.taskId, { type: 'annotation' });
    await call(site, 'PATCH', `/api/jobs/${opened?.id}`, { state: 'in progress' });
    const taken = [{ checksum: await publishModel(site, 2), by: 'ines' }];
    const { perJob } = await rebuild(taken);
    expect(perJob).toMatchObject({ written: 1, leftAlone: 1, leftAloneJobs: [[opened?.id, opened?.id]] });
    const after = await digestsOfJobs(task);
    expect(after.map((digest, job) => digest === before[job])).toEqual([true, false]);
  });
});
