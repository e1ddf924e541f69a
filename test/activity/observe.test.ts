import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import { openActivitySite, prepareImport, type ActivitySite } from '../kit/activity-site.ts';
import { call, completeJobs, draw } from '../kit/annotate.ts';
import { PLAYED_VERSIONS } from '../kit/played-versions.ts';

describe.each(PLAYED_VERSIONS)('observing a task of CVAT %s', (version) => {
  let site: ActivitySite;
  let input: IterationInput;
  beforeEach(async () => {
    site = await openActivitySite({ frames: 3, version });
    const prepared = await prepareImport(site);
    await site.run('importPreannotations', prepared);
    await completeJobs(site, prepared.task.taskId);
    const review = { reviewers: ['rita'], pick: { kind: 'all' } } as const;
    const compareWith = site.input.masks ?? undefined;
    input = {
      ...site.input,
      masks: null,
      ...(compareWith === undefined ? {} : { compareWith }),
      images: null,
      createProject: true,
      training: null,
      review,
    };
  });
  afterEach(async () => site.close());

  it('only reads, from the search for the task to the last look, even where a review was asked for', async () => {
    const [made] = [...site.sandbox.state.tasks.values()];
    // A person has drawn a shape beside the imported ones.
    await draw(site, { taskId: made?.id ?? 0, projectId: made?.projectId ?? 0 }, 2);
    const before = site.log.entries.length;
    const dataset = await site.convert(input);
    const task = await site.run('ensureTask', { input });
    const completion = await site.run('checkCompletion', { input, task });
    expect(await site.run('planHandOver', { input, task, review: null })).toMatchObject({ handOvers: [] });
    await site.run('awaitQuiet', { input, task, completion });
    const seal = await site.run('sealLabels', { input, task, completion });
    const labels = await site.run('exportLabels', { input, task, seal });
    expect(await site.run('checkSeal', { input, task, seal })).toMatchObject({ edits: 0 });
    expect(labels).toMatchObject({ frames: 3, labelledFrames: 3 });
    const untouched = dataset.annotations;
    expect(await site.run('countOrigins', { input, seal })).toMatchObject({
      shapes: { auto: untouched, file: 0, semiAuto: 0, manual: 1, other: 0 },
      asImported: { total: 2, first: [[0, 1]] },
      touched: { total: 1, first: [[2, 2]] },
    });
    const comparison = await site.run('compareLabels', { input, dataset, seal });
    expect(comparison).toMatchObject({ frames: 3, shapes: { untouched, edited: 0, added: 1, removed: 0 } });
    const sent = site.log.entries.slice(before).filter(({ server }) => server === 'cvat');
    expect(sent.length).toBeGreaterThan(10);
    expect(sent.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('never makes what is not there, whatever else it was started with', async () => {
    const { taskId } = await site.run('ensureTask', { input });
    // Without the iteration's key the task is known by its name alone.
    await call(site, 'PATCH', `/api/tasks/${taskId}`, { bug_tracker: '' });
    const before = site.log.entries.length;
    const images = site.input.images;
    const missing = { ...input, images, task: 'Iteration_9' };
    await expect(site.run('ensureTask', { input: missing })).rejects.toMatchObject({ type: 'TaskNotFound' });
    const nowhere = { ...input, project: 'Elsewhere' };
    await expect(site.run('ensureTask', { input: nowhere })).rejects.toMatchObject({ type: 'ProjectNotFound' });
    expect(site.log.entries.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
