import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readLabels } from '../../src/collect/read-labels.ts';
import { writeSeal } from '../../src/collect/write-seal.ts';
import type { TaskRef } from '../../src/contracts/refs.ts';
import type { SealEdit, SealRef } from '../../src/contracts/seal.ts';
import type { Cvat } from '../../src/cvat/cvat.ts';
import { openActivitySite, prepareImport, type ActivitySite } from '../kit/activity-site.ts';
import { call, completeJobs, draw } from '../kit/annotate.ts';
import { raceSite } from '../kit/race-site.ts';
import { raceSeal } from '../kit/race-seal.ts';
import { PLAYED_VERSIONS } from '../kit/played-versions.ts';

const DRAWN = {
  type: 'rectangle',
  occluded: false,
  z_order: 0,
  rotation: 0,
  group: 0,
  source: 'manual',
  attributes: [],
};

describe.each(PLAYED_VERSIONS)('on CVAT %s', (version) => {
  let site: ActivitySite;
  let task: TaskRef;
  beforeEach(async () => {
    site = await openActivitySite({ frames: 5, version });
    const prepared = await prepareImport(site);
    ({ task } = prepared);
    await site.run('importPreannotations', prepared);
    await completeJobs(site, task.taskId);
  });
  afterEach(async () => site.close());

  const check = async (seal: SealRef): Promise<readonly SealEdit[]> =>
    (await site.run('checkSeal', { task, seal })).first;

  /** The first job, its first shape in CVAT's own words, and what changes it. */
  async function firstShape() {
    const [job] = await site.cvat.jobs(task.taskId);
    const shape = site.sandbox.state.jobs.get(job?.id ?? 0)?.shapes[0];
    if (job === undefined || shape === undefined) throw new Error('nothing to edit');
    const patch = (action: string, shapes: readonly object[]) =>
      call(site, 'PATCH', `/api/jobs/${job.id}/annotations?action=${action}`, { shapes, tags: [], tracks: [] });
    return { job, shape, patch };
  }

  describe('the quiet period', () => {
    it('counts from the last change of a job by the clock of CVAT, and says when it ends', async () => {
      const input = { ...site.input, seal: { quietMs: 3_600_000 } };
      const before = Date.now();
      const failure = await site.run('awaitQuiet', { task, input }).then(
        () => null,
        (error: unknown) => error as { message: string; details: { sealsAt: string }[]; nextRetryDelay: number },
      );
      expect(failure).toMatchObject({ type: 'LabelsNotQuiet', nonRetryable: false, category: 'BENIGN' });
      expect(failure?.nextRetryDelay).toBeGreaterThan(3_600_000 - 30_000);
      expect(Date.parse(failure?.details[0]?.sealsAt ?? '')).toBeGreaterThan(before + 3_600_000 - 30_000);
      expect(failure?.message).toMatch(/^seals at \d\d:\d\d:\d\d UTC unless edited: http/);
      expect(await site.run('awaitQuiet', { task })).toMatchObject({ lastEditAt: expect.any(String) });
    });

    it('ends with a reopened job, which people have to complete again', async () => {
      const { job } = await firstShape();
      await site.cvat.updateJob(job.id, { state: 'in progress' });
      const reopened = { type: 'TaskReopened', nonRetryable: true };
      await expect(site.run('awaitQuiet', { task })).rejects.toMatchObject(reopened);
      await expect(site.run('sealLabels', { task })).rejects.toMatchObject(reopened);
      const completion = { jobs: 3, completedAt: '2026-01-01T00:00:00.000Z', unfinished: [[job.id, job.id]] } as const;
      expect(await site.run('sealLabels', { task, completion })).toMatchObject({ unfinishedFrames: 2, jobs: 3 });
    });
  });

  describe('a later look', () => {
    it('finds nothing where nothing changed, nor after changes of states and labels', async () => {
      const seal = await site.run('sealLabels', { task });
      expect(await check(seal)).toEqual([]);
      const { job, shape } = await firstShape();
      await site.cvat.updateJob(job.id, { stage: 'acceptance', state: 'completed' });
      await call(site, 'PATCH', `/api/labels/${shape.label_id}`, { name: 'renamed' });
      const result = await site.run('checkSeal', { task, seal });
      expect(result).toMatchObject({ edits: 0, first: [], list: null, unchecked: null });
    });

    it('lists what was added, changed and removed, with job, frame and ids', async () => {
      const seal = await site.run('sealLabels', { task });
      const { job, shape, patch } = await firstShape();
      await patch('update', [{ ...shape, z_order: 5 }]);
      const at = { job: job.id, frame: shape.frame };
      expect(await check(seal)).toEqual([{ what: 'changed', ...at, shapes: [shape.id] }]);
      await patch('delete', [shape]);
      await patch('create', [{ ...DRAWN, frame: 1, label_id: shape.label_id, points: [1, 1, 9, 9] }]);
      const edits = await check(seal);
      expect(edits).toEqual([
        { what: 'removed', ...at, shapes: [shape.id] },
        { what: 'added', job: job.id, frame: 1, shapes: [expect.any(Number)] },
      ]);
    });

    it('lists deleted frames, which move no time of a job, and a task that is gone', async () => {
      await call(site, 'PATCH', `/api/tasks/${task.taskId}/data/meta`, { deleted_frames: [1] });
      const seal = await site.run('sealLabels', { task });
      expect(seal.deletedFrames).toBe(1);
      await call(site, 'PATCH', `/api/tasks/${task.taskId}/data/meta`, { deleted_frames: [4] });
      expect((await check(seal)).map(({ what, frame }) => `${what} ${frame}`)).toEqual([
        'frame deleted 4',
        'frame restored 1',
      ]);
      await site.cvat.deleteTask(task.taskId);
      expect((await check(seal)).map(({ what }) => what)).toEqual(['task removed']);
    });
  });

  it('a frame that is deleted while the labels are read is no label of them', async () => {
    let reads = 0;
    const cvat: Cvat = {
      ...site.cvat,
      jobContent: async (job, signal) => {
        reads += 1;
        if (reads === 1) await call(site, 'PATCH', `/api/tasks/${task.taskId}/data/meta`, { deleted_frames: [1] });
        return site.cvat.jobContent(job, signal);
      },
    };
    const readJobs = async () => {
      const jobs = await cvat.jobs(task.taskId, { type: 'annotation' });
      return Promise.all(jobs.map(async (job) => ({ ...job, complete: true, frames: await cvat.jobFrames(job) })));
    };
    const { signal } = new AbortController();
    const seal = await writeSeal({ cvat, store: site.store, task, readJobs, people: 'none', signal });
    expect([seal.deletedFrames, reads]).toEqual([1, 6]);
    const labels = await site.run('exportLabels', { task, seal });
    const { frames } = await readLabels(site.store, labels.manifest);
    expect(frames.map(({ frame }) => frame)).toEqual([0, 2, 3, 4]);
  });

  it('an edit at any moment around the seal is either in it or found later', async () => {
    const { sealed, found, lost } = await raceSeal(raceSite(site, task), task, 10);
    expect({ all: sealed + found, lost }).toEqual({ all: 10, lost: 0 });
  });

  it('labels stay what was sealed, whatever is drawn afterwards', async () => {
    const seal = await site.run('sealLabels', { task });
    const labels = await site.run('exportLabels', { task, seal });
    await draw(site, task, 0);
    expect((await site.run('exportLabels', { task, seal })).manifest).toEqual(labels.manifest);
    expect((await site.run('exportLabels', { task })).manifest).not.toEqual(labels.manifest);
  });
});
