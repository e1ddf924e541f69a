import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { quietEnvironment } from '../../kit/activity-site.ts';
import type { GuardSite, Scene } from '../../kit/guard-site.ts';
import { drawFirst, FINISH, refusal, REFUSED, untilAsked, type Route } from './route.ts';

/** Leaves an import of ours in CVAT's queue as a worker does that is killed: nobody waits for it or takes it back. */
async function dieWhileQueued(site: GuardSite, scene: Scene, guard: Parameters<GuardSite['send']>[1]): Promise<void> {
  site.sandbox.importWorker.kill();
  site.meddling.cvat = () => ({ cancelRequest: async () => false });
  const env = quietEnvironment();
  const died = refusal(site.send(scene, guard, env));
  await untilAsked(site, scene.task.taskId);
  env.cancel('CANCELLED');
  await died;
  site.meddling = {};
}

/** Lets CVAT go on with its queue once an answer is there, or late enough for it never to come before. */
async function goOnAfter(site: GuardSite, told: Promise<unknown>): Promise<unknown> {
  await Promise.race([told, sleep(1000)]);
  site.sandbox.importWorker.start();
  await sleep(40);
  return told;
}

/** Puts another import of the same user in the place of the one that waits, as if ours had ended between two polls. */
async function replaceQueued(site: GuardSite, taskId: number): Promise<() => object> {
  const { requests } = site.sandbox.state;
  const { id } = (await site.cvat.importRequest(taskId)) ?? { id: '' };
  const ours = requests.get(id);
  if (ours === undefined) throw new Error(`task ${taskId} has no import`);
  const theirs = { ...ours, created: site.sandbox.state.stamp() };
  requests.set(id, theirs);
  return () => {
    const kept = requests.get(id) === theirs;
    theirs.status = 'failed';
    return { kept };
  };
}

/** Imports that wait in CVAT while the try that asked for them is gone, or that take the place of ours. */
export const LEFT_BEHIND_ROUTES: readonly Route<GuardSite>[] = [
  {
    name: 'a save after a crash while our import was queued, before the next try',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      await dieWhileQueued(site, scene, guard);
      await drawFirst(site, scene);
      return goOnAfter(site, refusal(site.send(scene, guard)));
    },
  },
  {
    name: 'a save while the next try waits for the import of the one that crashed',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      await dieWhileQueued(site, scene, guard);
      const told = refusal(site.send(scene, guard));
      await sleep(150);
      await drawFirst(site, scene);
      return goOnAfter(site, told);
    },
  },
  {
    name: 'a save after a crash while our import was queued, before the task is guarded anew',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      await dieWhileQueued(site, scene, await site.guard(scene));
      await drawFirst(site, scene);
      return goOnAfter(site, refusal(site.import(scene)));
    },
  },
  {
    name: 'a save while a new guard waits for the import of the upload that crashed',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      await dieWhileQueued(site, scene, await site.guard(scene));
      const told = refusal(site.import(scene));
      await sleep(150);
      await drawFirst(site, scene);
      return goOnAfter(site, told);
    },
  },
  {
    name: 'a save after a new guard has waited for the import of the upload that crashed: that one is adopted',
    told: { adopted: true },
    async go(site) {
      const scene = await site.scene();
      await dieWhileQueued(site, scene, await site.guard(scene));
      const guarded = site.guard(scene);
      await sleep(150);
      site.sandbox.importWorker.start();
      const guard = await guarded;
      await drawFirst(site, scene);
      return site.send(scene, guard);
    },
  },
  {
    name: 'a save into a task whose queued import was never acknowledged',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      site.sandbox.importWorker.kill();
      site.faults.add({ ...FINISH, fault: { kind: 'reset-after' }, count: 1 });
      await refusal(site.send(scene, guard));
      await drawFirst(site, scene);
      return goOnAfter(site, refusal(site.send(scene, guard)));
    },
  },
  {
    name: 'a save while another import has taken the place of ours: that one is not taken back',
    // Which of the two depends on whether our wait had noticed the other import before the save.
    told: {
      kept: true,
      answer: { nonRetryable: true, type: expect.stringMatching(/^(TaskHoldsOtherShapes|ImportRaced)$/) },
    },
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      site.sandbox.importWorker.kill();
      const told = refusal(site.send(scene, guard));
      await untilAsked(site, scene.task.taskId);
      await sleep(150);
      const end = await replaceQueued(site, scene.task.taskId);
      await drawFirst(site, scene);
      await sleep(300);
      const ended = end();
      const answer = await told;
      site.sandbox.importWorker.start();
      return { ...ended, answer };
    },
  },
  {
    name: 'a pause after another import has taken the place of ours: that one is not taken back',
    told: { kept: true, answer: { name: 'CancelledFailure' } },
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      site.sandbox.importWorker.kill();
      const env = quietEnvironment();
      const told = refusal(site.send(scene, guard, env));
      await untilAsked(site, scene.task.taskId);
      await sleep(150);
      const end = await replaceQueued(site, scene.task.taskId);
      env.cancel('CANCELLED');
      const answer = await told;
      const ended = end();
      await drawFirst(site, scene);
      site.sandbox.importWorker.start();
      return { ...ended, answer };
    },
  },
  {
    name: 'a save before our import ended and another took its place: it is told that the save may be gone',
    told: { type: 'ImportRaced' },
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      site.sandbox.importWorker.kill();
      site.meddling.cvat = () => ({ cancelRequest: async () => false });
      const told = refusal(site.send(scene, guard));
      await untilAsked(site, scene.task.taskId);
      await drawFirst(site, scene);
      await sleep(200);
      await replaceQueued(site, scene.task.taskId);
      const answer = await told;
      site.sandbox.importWorker.start();
      return answer;
    },
  },
];
