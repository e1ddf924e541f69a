import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IterationResults } from '../../src/contracts/iteration.ts';
import { ANSWERS } from '../../src/contracts/look.ts';
import { call } from '../kit/annotate.ts';
import { openGallerySite, type GallerySite } from '../kit/gallery-site.ts';

let site: GallerySite;

beforeAll(async () => {
  site = await openGallerySite();
}, 60_000);
afterAll(async () => site.close());

describe('the course of a training', () => {
  it('has a point for each epoch that was seen', async () => {
    const { run, points } = await site.get<{ run: string; points: { epoch: number }[] }>('/training');
    expect(run).toBe(site.results.training?.runName);
    expect(points.length).toBe(site.results.model?.metrics?.points);
    expect(points.at(-1)?.epoch).toBe(3);
  });

  it('is empty before there is one', async () => {
    site.show({});
    expect(await site.get('/training')).toEqual({ run: null, points: [] });
    site.show();
  });
});

describe('the jobs of an iteration', () => {
  it('are those of CVAT now, with what nobody has resolved', async () => {
    const [job] = await site.activities.cvat.jobs(site.results.task?.taskId ?? 0);
    const issue = { job: job?.id, frame: 0, position: [1, 2, 3, 4], message: 'where does it end?' };
    await call(site.activities, 'POST', '/api/issues', issue);
    const found = await site.get<{ iteration: object; jobs: object[] }>('/jobs?edits=true');
    expect(found.iteration).toMatchObject({
      id: 'SurgVU/Iteration_1',
      taskUrl: site.results.task?.url,
      isOnlyObserved: false,
      openIssues: 1,
      failure: null,
    });
    expect(found.jobs).toMatchObject([
      {
        job: job?.id,
        url: `${site.results.task?.url}/jobs/${job?.id}`,
        state: 'completed',
        frames: [0, 1],
        openIssues: 1,
      },
      { state: 'completed', frames: [2, 3], frameCount: 2, openIssues: 0 },
    ]);
  });

  it('are told to be unknown where the task is gone', async () => {
    site.show({
      ...site.results,
      task: { ...(site.results.task as NonNullable<IterationResults['task']>), taskId: 4711 },
    });
    expect(await site.get('/jobs')).toMatchObject({ iteration: { failure: { code: 'TaskGone' } }, jobs: [] });
    site.show();
  });

  it('leave nothing behind in the store, and take away what an ended server has not fetched', async () => {
    await site.activities.store.putNamed(`${ANSWERS}1000-old`, Buffer.from('x'));
    await site.activities.store.putNamed(`${ANSWERS}${Date.now()}-new`, Buffer.from('x'));
    await site.look({ kind: 'jobs', connection: 'default', tasks: [], withEdits: false });
    const left = await site.activities.store.listNamed(ANSWERS);
    expect(left.map((name) => name.slice(-4))).toEqual(['-new']);
  });
});
