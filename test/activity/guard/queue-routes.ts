import { setTimeout as sleep } from 'node:timers/promises';
import type { IterationInput } from '../../../src/contracts/iteration.ts';
import type { GuardSite } from '../../kit/guard-site.ts';
import { quietEnvironment } from '../../kit/activity-site.ts';
import { drawFirst, refusal, REFUSED, untilAsked, type Route } from './route.ts';

const stuckAfter = (importStuckAfterMs: number): Partial<IterationInput> => ({
  timing: { heartbeatTimeoutMs: 30_000, unreachableAfterMs: 60_000, importStuckAfterMs },
});

/** What happens while an import, ours or another's, waits or is stuck in CVAT. */
export const QUEUE_ROUTES: readonly Route<GuardSite>[] = [
  {
    name: 'an import of somebody else that is under way',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      // Without our mark the shapes of the very same document are somebody else's.
      const text = new TextDecoder().decode(await site.store.get(scene.dataset.document));
      const theirs = { bytes: Buffer.from(text), fileName: 'theirs.json' };
      const requestId = await site.cvat.startImport(scene.task.taskId, theirs);
      const ours = site.send(scene, guard);
      const told = refusal(ours);
      await site.cvat.waitForRequest(requestId);
      for (const { id } of scene.jobs) await site.people.own(id);
      return told;
    },
  },
  {
    name: 'an import that lost its worker',
    told: { type: 'ImportStuck', nonRetryable: true },
    async go(site) {
      const scene = await site.scene(stuckAfter(150));
      const guard = await site.guard(scene);
      const document = { bytes: await site.store.get(scene.dataset.document), fileName: 'dead.json' };
      site.sandbox.importWorker.kill();
      const requestId = await site.cvat.startImport(scene.task.taskId, document);
      const request = site.sandbox.state.requests.get(requestId);
      // As its worker left it: it stays so, and cannot be cancelled.
      if (request !== undefined) request.status = 'started';
      await drawFirst(site, scene);
      const told = await refusal(site.send(scene, guard));
      site.sandbox.state.requests.delete(requestId);
      site.sandbox.importWorker.start();
      return told;
    },
  },
  {
    name: "a save while our import waits in CVAT's queue",
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      site.sandbox.importWorker.kill();
      const told = refusal(site.import(scene));
      await untilAsked(site, scene.task.taskId);
      await drawFirst(site, scene);
      const answer = await told;
      site.sandbox.importWorker.start();
      await sleep(40);
      return answer;
    },
  },
  {
    name: 'a queued import that somebody cancelled',
    told: REFUSED,
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      site.sandbox.importWorker.kill();
      const cancelled = refusal(site.send(scene, guard));
      await untilAsked(site, scene.task.taskId);
      const { id } = (await site.cvat.importRequest(scene.task.taskId)) ?? { id: '' };
      await site.cvat.cancelRequest(id);
      await cancelled;
      site.sandbox.importWorker.start();
      await drawFirst(site, scene);
      return refusal(site.send(scene, guard));
    },
  },
  {
    name: 'a pause while our import waits in the queue',
    told: { name: 'CancelledFailure' },
    async go(site) {
      const scene = await site.scene();
      const guard = await site.guard(scene);
      site.sandbox.importWorker.kill();
      const env = quietEnvironment();
      const told = refusal(site.send(scene, guard, env));
      await untilAsked(site, scene.task.taskId);
      env.cancel('CANCELLED');
      const answer = await told;
      await drawFirst(site, scene);
      site.sandbox.importWorker.start();
      await sleep(40);
      return answer;
    },
  },
];
