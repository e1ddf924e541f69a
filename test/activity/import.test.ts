import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { RequestFilter } from '../../src/sandbox/request-log.ts';
import { openActivitySite, prepareImport, quietEnvironment, type ActivitySite } from '../kit/activity-site.ts';
import { completeJobs, draw, sourcesOf } from '../kit/annotate.ts';

const FINISHES: RequestFilter = { server: 'cvat', method: 'POST', path: /\/annotations$/, uploadPhase: 'finish' };

let site: ActivitySite;
afterEach(async () => site.close());

describe('the import of pre-annotations', () => {
  it('happens once, however often the activity runs', async () => {
    site = await openActivitySite();
    const prepared = await prepareImport(site);
    const first = await site.run('importPreannotations', prepared);
    const second = await site.run('importPreannotations', prepared);
    expect([first.adopted, second.adopted]).toEqual([false, true]);
    expect(await site.run('verifyImport', { ...prepared, imported: first })).toEqual(first);
    expect(site.log.count(FINISHES)).toBe(1);
    const sources = await sourcesOf(site, prepared.task.taskId);
    expect(sources.length).toBe(first.shapes);
    expect(sources.every((source) => source.startsWith('auto'))).toBe(true);
  });

  it('is recognised when its acknowledgement was lost and people have worked on the task since', async () => {
    site = await openActivitySite();
    const prepared = await prepareImport(site);
    const lost = await site.run('importPreannotations', prepared);
    await draw(site, prepared.task);
    const before = await sourcesOf(site, prepared.task.taskId);
    const adopted = await site.run('importPreannotations', prepared);
    expect(adopted.adopted).toBe(true);
    await site.run('verifyImport', { ...prepared, imported: lost });
    expect(await sourcesOf(site, prepared.task.taskId)).toEqual(before);
    expect(site.log.count(FINISHES)).toBe(1);
  });

  it('is refused where somebody has drawn before it, and leaves the drawing', async () => {
    site = await openActivitySite();
    const dataset = await site.convert();
    const task = await site.run('ensureTask', {});
    await draw(site, task);
    await expect(site.run('guardTask', { dataset, task })).rejects.toMatchObject({ type: 'TaskHoldsOtherShapes' });
    const guard = { holds: 'nothing', previousImport: null, leftOut: { frames: 0, shapes: 0 } } as const;
    await expect(site.run('importPreannotations', { dataset, task, guard })).rejects.toMatchObject({
      type: 'TaskHoldsOtherShapes',
      nonRetryable: true,
    });
    expect(await sourcesOf(site, task.taskId)).toEqual(['manual@0']);
    expect(site.log.count(FINISHES)).toBe(0);
  });

  it('is stopped by what somebody draws while it is being sent', async () => {
    let task = { taskId: 0, projectId: 0 };
    site = await openActivitySite({ beforeLastLook: async () => draw(site, task) });
    const prepared = await prepareImport(site);
    ({ task } = prepared);
    await expect(site.run('importPreannotations', prepared)).rejects.toMatchObject({ type: 'TaskHoldsOtherShapes' });
    expect(await sourcesOf(site, prepared.task.taskId)).toEqual(['manual@0']);
    expect(site.log.count(FINISHES)).toBe(0);
  });

  it('is taken back while it is queued when the iteration is paused or cancelled', async () => {
    site = await openActivitySite();
    const prepared = await prepareImport(site);
    site.sandbox.importWorker.kill();
    const env = quietEnvironment();
    const running = site.run('importPreannotations', prepared, env);
    while (site.log.count({ ...FINISHES, status: 202 }) === 0) await sleep(5);
    env.cancel('CANCELLED');
    await expect(running).rejects.toMatchObject({ name: 'CancelledFailure' });
    expect(await site.cvat.importRequest(prepared.task.taskId)).toBeNull();
  });

  it('is refused into jobs that are no longer new: their shapes would count as final', async () => {
    site = await openActivitySite();
    const dataset = await site.convert();
    const task = await site.run('ensureTask', {});
    await completeJobs(site, task.taskId);
    await expect(site.run('guardTask', { dataset, task })).rejects.toMatchObject({ type: 'JobsStarted' });
  });
});

describe('the task', () => {
  it('is made once, found again, and made anew where a crash left it without frames', async () => {
    site = await openActivitySite();
    const made = await site.run('ensureTask', {});
    const found = await site.run('ensureTask', {});
    expect(found).toEqual(made);
    expect(made).toMatchObject({ created: true, frames: 4, jobs: 2, cvatVersion: '2.73.0' });

    await site.cvat.deleteTask(made.taskId);
    const remainder = await site.cvat.createTask({
      name: site.input.task,
      projectId: made.projectId,
      bugTracker: site.id,
      segmentSize: null,
    });
    const again = await site.run('ensureTask', {});
    expect(again.taskId).not.toBe(remainder.id);
    expect(again).toMatchObject({ created: true, frames: 4 });
    await expect(site.cvat.getTask(remainder.id)).rejects.toMatchObject({ code: 'TaskGone' });
  });
});
