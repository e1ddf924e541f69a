import { setTimeout as sleep } from 'node:timers/promises';
import { drawFirst, FINISH, firstJob, refusal, REFUSED, type Route } from './route.ts';

const NOTHING = { holds: 'nothing', previousImport: null, leftOut: { frames: 0, shapes: 0 } } as const;

/** Tries again, starts again, and other tasks than was thought. */
export const RETRY_ROUTES: readonly Route[] = [
  {
    name: 'a retry after the connection broke behind the import',
    told: { adopted: true },
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      site.faults.add({ ...FINISH, fault: { kind: 'reset-after' }, count: 1 });
      await refusal(site.send(scene, guard));
      while ((await site.cvat.importRequest(scene.task.taskId))?.status !== 'finished') await sleep(5);
      await drawFirst(site, scene);
      return site.send(scene, guard);
    },
  },
  {
    name: 'a crash after the import, before it was acknowledged',
    told: { adopted: true },
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      await site.send(scene, guard);
      await drawFirst(site, scene);
      return site.send(scene, guard);
    },
  },
  {
    name: 'our own acknowledgement lost while CVAT still works on it',
    told: { adopted: true, finishes: 1 },
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      site.faults.add({ ...FINISH, fault: { kind: 'reset-after' }, count: 1 });
      await refusal(site.send(scene, guard));
      const again = await site.send(scene, guard);
      await drawFirst(site, scene);
      await site.send(scene, guard);
      return { ...again, finishes: site.finishes(scene.task.taskId) };
    },
  },
  {
    name: 'the same iteration started twice',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      await drawFirst(site, scene);
      const again = { ...scene, dataset: await site.otherDataset(scene) };
      return refusal(site.guard(again));
    },
  },
  {
    name: 'another connection to the same task',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      for (const { id } of scene.jobs) await site.people.correct(id);
      const input = { ...scene.input, connection: 'other' };
      const other = { ...scene, id: `other/${scene.id}`, input, dataset: await site.otherDataset(scene) };
      return refusal(site.send(other, NOTHING));
    },
  },
  {
    name: 'a task that changed after it was guarded',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      await drawFirst(site, scene);
      return refusal(site.send(scene, guard));
    },
  },
  {
    name: 'a task made anew under the same name',
    told: { type: 'TaskGone' },
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      await site.cvat.deleteTask(scene.task.taskId);
      const task = await site.run('ensureTask', scene);
      const jobs = await site.cvat.jobs(task.taskId);
      await drawFirst(site, { ...scene, task, jobs });
      return refusal(site.send(scene, guard));
    },
  },
  {
    name: 'a job that was completed and reopened',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      await drawFirst(site, scene);
      const job = firstJob(scene);
      await site.cvat.updateJob(job, { state: 'completed' });
      await site.cvat.updateJob(job, { state: 'new' });
      return refusal(site.guard({ ...scene, dataset: await site.otherDataset(scene) }));
    },
  },
  {
    name: 'a second iteration on the same task',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      await site.import(scene);
      await drawFirst(site, scene);
      const second = { ...scene, id: `${scene.id}~2`, dataset: await site.otherDataset(scene) };
      return refusal(site.import(second));
    },
  },
  {
    name: 'the name of a task that others work on',
    told: REFUSED,
    async go(site) {
      const theirs = await site.scene();
      await drawFirst(site, theirs);
      const mistyped = await site.scene({ task: theirs.input.task });
      return refusal(site.import(mistyped));
    },
  },
  {
    name: 'a save during our upload',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      site.meddling.beforeLastLook = async () => drawFirst(site, scene);
      return refusal(site.import(scene));
    },
  },
];
