import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CVAT_VERSIONS } from '../../../src/sandbox/cvat/state/version.ts';
import { openGuardSite, type GuardSite } from '../../kit/guard-site.ts';
import { JOB_ROUTES } from './job-routes.ts';
import { LAST_LOOK_ROUTES } from './last-look-routes.ts';
import { LEFT_BEHIND_ROUTES } from './left-behind-routes.ts';
import { QUEUE_ROUTES } from './queue-routes.ts';
import { REBUILD_ROUTES } from './rebuild-routes.ts';
import { RESTORE_ROUTES } from './restore-routes.ts';
import { RETRY_ROUTES } from './retry-routes.ts';
import { drawFirst, firstJob, refusal } from './route.ts';

const GROUPS = [
  RETRY_ROUTES,
  QUEUE_ROUTES,
  LAST_LOOK_ROUTES,
  LEFT_BEHIND_ROUTES,
  JOB_ROUTES,
  REBUILD_ROUTES,
  RESTORE_ROUTES,
];

describe.each(CVAT_VERSIONS)('on CVAT %s no shape of people is overwritten by', (version) => {
  let site: GuardSite;
  beforeAll(async () => {
    site = await openGuardSite(version);
  });
  afterAll(async () => site.close());
  afterEach(async () => {
    site.people.forget();
    await site.calm();
  });

  it.each(GROUPS.flat())('$name', async ({ go, told }) => {
    expect(await go(site)).toMatchObject(told);
    expect(site.people.remembered()).toBeGreaterThan(0);
    expect(await site.people.losses()).toEqual([]);
  });

  it('an import that could not be taken back any more, and where it is, it is told', async () => {
    const scene = await site.scene();
    site.sandbox.importWorker.kill();
    site.meddling.cvat = () => ({ cancelRequest: async () => false });
    const told = refusal(site.import(scene));
    while (site.finishes(scene.task.taskId) === 0) await sleep(5);
    await drawFirst(site, scene);
    await sleep(200);
    site.sandbox.importWorker.start();
    const facts = { jobs: [firstJob(scene)] };
    expect(await told).toMatchObject({ type: 'ImportRaced', details: [facts] });
    expect(await site.people.losses()).toHaveLength(1);
  });

  it('jobs that are written one by one into a task that is gone', async () => {
    const scene = await site.scene({ importScope: 'new-jobs' });
    const guard = await site.guard(scene);
    await site.cvat.deleteTask(scene.task.taskId);
    expect(await refusal(site.send(scene, guard))).toMatchObject({ type: 'TaskGone' });
  });
});
