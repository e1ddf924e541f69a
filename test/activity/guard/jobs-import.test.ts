import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openGuardSite, type GuardSite, type Scene } from '../../kit/guard-site.ts';
import { backupNumbers } from '../../../src/activities/backup-documents.ts';
import { importRecordName } from '../../../src/contracts/ids.ts';
import { contentDigest } from '../../../src/cvat/native-items.ts';
import { improved } from './rebuild-routes.ts';
import { openActivitySite } from '../../kit/activity-site.ts';
import { completeJobs } from '../../kit/annotate.ts';
import { allRanges } from '../../../src/activities/kept-ranges.ts';
import { numbersOf } from '../../../src/contracts/ranges.ts';
import { drawFirst, firstJob, refusal } from './route.ts';
import { PLAYED_VERSIONS } from '../../kit/played-versions.ts';

describe.each(PLAYED_VERSIONS)('an import job by job on CVAT %s', (version) => {
  let site: GuardSite;
  beforeAll(async () => {
    site = await openGuardSite(version);
  });
  afterAll(async () => site.close());
  afterEach(async () => {
    site.people.forget();
    await site.calm();
  });

  const digest = async ({ jobs }: Scene): Promise<string> =>
    contentDigest(await Promise.all(jobs.map(async ({ id }) => site.cvat.nativeAnnotations(id))));

  /** Has somebody delete the first shape of a job; returns how many are left. */
  async function deleteOne(jobId: number): Promise<number> {
    const { shapes } = await site.cvat.nativeAnnotations(jobId);
    await site.cvat.removeAnnotations(jobId, { shapes: shapes.slice(0, 1), tracks: [], tags: [] });
    return shapes.length - 1;
  }

  /** Kills the worker when it adds shapes to the second job. */
  function dieInSecondJob(): void {
    let calls = 0;
    site.meddling.cvat = (cvat) => ({
      addAnnotations: async (...args) => {
        calls += 1;
        if (calls === 2) throw new Error('the worker was killed');
        return cvat.addAnnotations(...args);
      },
    });
  }

  it('recognises after a crash what it wrote, and leaves what people have made of it', async () => {
    const scene = await site.scene({ importScope: 'new-jobs' });
    const guard = await site.guard(scene);
    const first = await site.send(scene, guard);
    const [one, two] = scene.jobs.map(({ id }) => id);
    const left = await deleteOne(two ?? 0);
    await site.people.correct(one ?? 0);
    await site.cvat.updateJob(one ?? 0, { state: 'completed' });
    const again = await site.send(scene, guard);
    expect(again).toEqual({ ...first, adopted: true });
    expect(await site.run('verifyImport', { ...scene, imported: again })).toEqual(again);
    expect((await site.cvat.jobAnnotations(two ?? 0)).shapes).toHaveLength(left);
    expect(await site.people.losses()).toEqual([]);
  });

  it('puts no shapes back that somebody deleted from a job, all of them', async () => {
    const scene = await site.scene({ importScope: 'new-jobs' });
    const guard = await site.guard(scene);
    const first = await site.send(scene, guard);
    while ((await deleteOne(firstJob(scene))) > 0);
    expect(await site.send(scene, guard)).toEqual({ ...first, adopted: true });
    expect((await site.cvat.jobAnnotations(firstJob(scene))).shapes).toEqual([]);
  });

  it('is guarded anew without a complaint about the people who work on what it wrote', async () => {
    const scene = await site.scene({ importScope: 'new-jobs' });
    await site.send(scene, await site.guard(scene));
    for (const { id } of scene.jobs) await site.people.correct(id);
    expect(await site.guard(scene)).toMatchObject({ perJob: true });
  });

  it('is wrong where CVAT lost a shape, also of a job that was seen to be right', async () => {
    const scene = await site.scene({ importScope: 'new-jobs' });
    const imported = await site.send(scene, await site.guard(scene));
    site.sandbox.state.jobs.get(firstJob(scene))?.shapes.pop();
    const told = await refusal(site.run('verifyImport', { ...scene, imported }));
    expect(told).toMatchObject({ type: 'ImportNotVerified', details: [{ jobs: [firstJob(scene)] }] });
  });

  it('keeps the backup of its first try, so that a restore leads behind a rebuild that crashed', async () => {
    const before = await site.scene();
    await site.import(before);
    const original = await digest(before);
    const scene = await improved(site, before);
    const guard = await site.guard(scene);
    dieInSecondJob();
    await expect(site.send(scene, guard)).rejects.toThrow('the worker was killed');
    await site.calm();
    const imported = await site.send(scene, guard);
    expect(imported).toMatchObject({ adopted: false, backup: { number: 1 }, perJob: { written: 2, leftAlone: 0 } });
    await site.run('verifyImport', { ...scene, imported });
    expect(await backupNumbers(site.store, scene.id)).toEqual([1]);
    expect(await digest(scene)).not.toBe(original);
    await site.run('restoreBackup', { id: scene.id, number: null, overwrite: false, by: 'tester' });
    expect(await digest(scene)).toBe(original);
  });

  it('is made anew, with a backup of its own, after it was restored', async () => {
    const scene = await site.scene({ importScope: 'new-jobs' });
    const guard = await site.guard(scene);
    const first = await site.send(scene, guard);
    const sent = await digest(scene);
    await site.run('restoreBackup', { id: scene.id, number: null, overwrite: true, by: 'tester' });
    expect(await digest(scene)).not.toBe(sent);
    const again = await site.send(scene, guard);
    expect(again).toMatchObject({ adopted: false, backup: { number: 3 } });
    expect(first.backup?.number).toBe(1);
    expect(await digest(scene)).toBe(sent);
  });

  it('is not verified by a job that was left alone in place of one that was written', async () => {
    const scene = await site.scene({ importScope: 'new-jobs' });
    await drawFirst(site, scene);
    const imported = await site.send(scene, await site.guard(scene));
    const second = scene.jobs[1]?.id ?? 0;
    expect(imported.perJob).toMatchObject({ written: 1, writtenJobs: [[second, second]], leftAlone: 1 });
    expect(await site.run('verifyImport', { ...scene, imported })).toEqual(imported);
    site.sandbox.state.jobs.get(second)?.shapes.pop();
    const told = await refusal(site.run('verifyImport', { ...scene, imported }));
    expect(told).toMatchObject({ type: 'ImportNotVerified', details: [{ jobs: [second], putBack: null }] });
  });

  it('tells only of jobs that it wrote where one of them is wrong', async () => {
    const scene = await site.scene({ importScope: 'new-jobs' });
    const imported = await site.send(scene, await site.guard(scene));
    for (const { id } of scene.jobs) site.sandbox.state.jobs.get(id)?.shapes.pop();
    const second = scene.jobs[1]?.id ?? 0;
    const perJob = { written: 1, writtenJobs: [[second, second]], leftAlone: 1, leftAloneJobs: [], left: [] } as const;
    const told = await refusal(site.run('verifyImport', { ...scene, imported: { ...imported, perJob } }));
    expect(told).toMatchObject({ type: 'ImportNotVerified', details: [{ jobs: [second] }] });
  });
});

describe('an import into every other one of many jobs', () => {
  it('keeps its long lists of jobs in the store, from where the comparison and the verification read them', async () => {
    const site = await openActivitySite({ frames: 84 });
    try {
      const input = { ...site.input, segmentSize: 1, importScope: 'new-jobs' } as const;
      const dataset = await site.convert();
      const task = await site.run('ensureTask', { input });
      const ids = (await site.cvat.jobs(task.taskId)).map(({ id }) => id).toSorted((a, b) => a - b);
      const [begun, free] = [ids.filter((_, i) => i % 2 === 1), ids.filter((_, i) => i % 2 === 0)];
      for (const id of begun) await site.cvat.updateJob(id, { state: 'in progress' });
      const guard = await site.run('guardTask', { dataset, task, input });
      const reads = jest.spyOn(site.store, 'getNamed');
      const imported = await site.run('importPreannotations', { dataset, task, guard, input });
      const record = importRecordName(input.connection, task.taskId);
      expect(reads.mock.calls.filter(([name]) => name === record)).toHaveLength(1);
      const { perJob } = imported;
      if (perJob === undefined) throw new Error('the jobs were not written one by one');
      expect(perJob).toMatchObject({
        written: 42,
        leftAlone: 42,
        writtenMore: { total: 42 },
        leftAloneMore: { total: 42 },
      });
      expect([perJob.writtenJobs.length, perJob.leftAloneJobs.length]).toEqual([40, 40]);
      const written = { first: perJob.writtenJobs, more: perJob.writtenMore };
      expect(numbersOf(await allRanges(site.store, written))).toEqual(free);
      const leftAlone = { first: perJob.leftAloneJobs, more: perJob.leftAloneMore };
      expect(numbersOf(await allRanges(site.store, leftAlone))).toEqual(begun);
      // The last job that was written is in the list in the store alone: what is missing there is found.
      const last = free.at(-1) ?? 0;
      expect(perJob.writtenJobs.flat()).not.toContain(last);
      site.sandbox.state.jobs.get(last)?.shapes.pop();
      expect(await refusal(site.run('verifyImport', { dataset, task, imported, input }))).toMatchObject({
        type: 'ImportNotVerified',
        details: [{ jobs: [last] }],
      });
      await completeJobs(site, task.taskId);
      const seal = await site.run('sealLabels', { task, input });
      expect(await site.run('compareLabels', { dataset, imported, seal, input })).toMatchObject({
        frames: 42,
        notCompared: { 'not imported': 42 },
      });
    } finally {
      await site.close();
    }
  });
});
