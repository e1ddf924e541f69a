import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ComparisonManifest, ComparisonRef, PeopleSetting } from '../../src/contracts/comparison.ts';
import type { DatasetRef, ImportRef, LabelsRef, TaskRef } from '../../src/contracts/refs.ts';
import { openActivitySite, prepareImport, type ActivitySite } from '../kit/activity-site.ts';
import { call, completeJobs, draw } from '../kit/annotate.ts';
import { recount } from '../kit/recompute-corrections.ts';
import { PLAYED_VERSIONS } from '../kit/played-versions.ts';

describe.each(PLAYED_VERSIONS)('on CVAT %s', (version) => {
  let site: ActivitySite;
  let task: TaskRef;
  let dataset: DatasetRef;
  let sent: ImportRef;
  let imported: number;
  beforeEach(async () => {
    site = await openActivitySite({ frames: 5, version });
    const prepared = await prepareImport(site);
    ({ task, dataset } = prepared);
    sent = await site.run('importPreannotations', prepared);
    imported = sent.shapes;
  });
  afterEach(async () => site.close());

  async function finish(
    people: PeopleSetting = 'names',
  ): Promise<{ comparison: ComparisonRef; labels: LabelsRef; manifest: ComparisonManifest }> {
    await completeJobs(site, task.taskId);
    const seal = await site.run('sealLabels', { task });
    const labels = await site.run('exportLabels', { task, seal });
    const comparison = await site.run('compareLabels', {
      dataset,
      imported: sent,
      seal,
      input: { ...site.input, tellPeople: people },
    });
    const text = new TextDecoder().decode(await site.store.get(comparison.manifest));
    return { comparison, labels, manifest: JSON.parse(text) as ComparisonManifest };
  }

  /** What CVAT holds on a frame, in its own words, and what changes it as a person would. */
  function held(frame: number) {
    const job = [...site.sandbox.state.jobs.values()].find((one) => one.shapes.some((shape) => shape.frame === frame));
    const shapes = (job?.shapes ?? []).filter((shape) => shape.frame === frame);
    const patch = (action: string, changed: readonly object[]) =>
      call(site, 'PATCH', `/api/jobs/${job?.id}/annotations?action=${action}`, {
        shapes: changed,
        tags: [],
        tracks: [],
      });
    return { shapes, patch };
  }

  it('finds every shape untouched where people only looked', async () => {
    const { comparison } = await finish();
    expect(comparison).toMatchObject({
      frames: 5,
      untouchedFrames: 5,
      changedPixels: 0,
      meanIou: 1,
      meanDice: 1,
      shapes: { untouched: imported, edited: 0, added: 0, removed: 0 },
      worstFrames: [],
    });
    expect(comparison.unionPixels).toBeGreaterThan(0);
  });

  it('tells edits, additions and removals, and its pixels are those of the label PNGs', async () => {
    const [edited, removed] = [held(0), held(2)];
    const [shape] = edited.shapes;
    const [first] = removed.shapes;
    if (shape === undefined || first === undefined) throw new Error('nothing to edit');
    // The lower half of the mask is wiped.
    const points = [...shape.points];
    const [left = 0, top = 0, right = 0, bottom = 0] = points.slice(-4);
    const half = [0, (right - left + 1) * Math.ceil((bottom - top + 1) / 2), left, top, right];
    const rows = Math.ceil((bottom - top + 1) / 2);
    await edited.patch('update', [{ ...shape, points: [...half, top + rows - 1], source: 'semi-auto' }]);
    await removed.patch('delete', [first]);
    await draw(site, task, 4);
    const { comparison, labels, manifest } = await finish();
    expect(comparison.shapes).toEqual({ untouched: imported - 2, edited: 1, relabelled: 0, added: 1, removed: 1 });
    expect(comparison.untouchedFrames).toBe(2);
    expect(manifest.frames.map(({ changedPixels }) => changedPixels > 0)).toEqual([true, false, true, false, true]);
    const counted = await recount(site.store, { preannotations: dataset.preannotations, labels: labels.manifest });
    expect(comparison).toMatchObject({
      frames: counted.frames,
      changedPixels: counted.changed,
      unionPixels: counted.union,
    });
    const seen = manifest.classes.filter(({ pixels }) => pixels.before + pixels.after > 0);
    expect(Object.fromEntries(seen.map(({ category, pixels }) => [category, pixels]))).toEqual(counted.classes);
  });

  it('tells who had the jobs when they were sealed, and gives the same at every try', async () => {
    const [job] = await site.cvat.jobs(task.taskId);
    const [admin] = [...site.sandbox.state.users.values()];
    await site.cvat.updateJob(job?.id ?? 0, { assignee: admin?.id ?? null });
    const { comparison, manifest } = await finish('pseudonyms');
    expect(manifest.people?.map(({ person, frames }) => [person, frames])).toEqual([
      ['person 1', 2],
      [null, 3],
    ]);
    expect((await finish('pseudonyms')).comparison.manifest).toEqual(comparison.manifest);
    expect((await finish('names')).manifest.people?.[0]?.person).toBe(admin?.username);
    expect((await finish('none')).comparison.people).toBe(null);
  });
});

describe('an import that left most jobs alone', () => {
  it('has none of their frames compared, however many they are', async () => {
    const site = await openActivitySite({ frames: 53 });
    try {
      const input = { ...site.input, segmentSize: 1, importScope: 'new-jobs' } as const;
      const dataset = await site.convert();
      const task = await site.run('ensureTask', { input });
      const jobs = await site.cvat.jobs(task.taskId);
      for (const { id } of jobs.slice(2)) await site.cvat.updateJob(id, { state: 'in progress' });
      const guard = await site.run('guardTask', { dataset, task, input });
      const imported = await site.run('importPreannotations', { dataset, task, guard, input });
      expect(imported.perJob).toMatchObject({
        written: 2,
        leftAlone: 51,
        leftAloneJobs: [[jobs[2]?.id, jobs.at(-1)?.id]],
      });
      expect(imported.perJob?.left).toHaveLength(50);
      await completeJobs(site, task.taskId);
      const seal = await site.run('sealLabels', { task, input });
      const comparison = await site.run('compareLabels', { dataset, imported, seal, input });
      expect(comparison).toMatchObject({ frames: 2, notCompared: { 'not imported': 51 }, shapes: { removed: 0 } });
    } finally {
      await site.close();
    }
  });
});
