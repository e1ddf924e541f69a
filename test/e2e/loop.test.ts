import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTurnActivities } from '../../src/activities/training-turns.ts';
import { statusQuery } from '../../src/contracts/messages.ts';
import type { LoopPolicy } from '../../src/contracts/loop.ts';
import { TASK_QUEUES } from '../../src/contracts/task-queues.ts';
import { iterationStanding } from '../../src/operations/loops/iteration-standing.ts';
import { createOperations, type Operations } from '../../src/operations/operations.ts';
import { readReceipt } from '../../src/receipts/read-receipt.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { completeJobs, draw } from '../kit/annotate.ts';
import { openLoopSite, type LoopSite } from '../kit/loop-site.ts';
import { realTurns } from '../kit/real-turns.ts';
import { startDevServer, type DevServer } from '../kit/temporal/dev-server.ts';
import { withRig } from '../kit/temporal/rig.ts';

const INES = { by: 'ines' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-loop-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

/** Runs a body with a worker whose activities are real. */
async function withWorker(temporal: DevServer, site: LoopSite, body: (operations: Operations) => Promise<void>) {
  const { client } = temporal.env;
  const connect = () => ({ cvat: site.cvat, monai: site.monai, trainer: monaiTrainer(site.monai) });
  const turns = realTurns(client);
  const activities = {
    ...site.activities,
    ...createTurnActivities({ connect, turns, lookEveryMs: 200 }),
    ...site.loopActivities(async (id) => iterationStanding(client, id)),
  };
  await withRig(temporal, { activities, taskQueue: TASK_QUEUES.iterations }, async () =>
    body(createOperations({ client, store: site.store })),
  );
}

async function until<T>(look: () => Promise<T>, isIt: (seen: T) => boolean): Promise<T> {
  let seen = await look();
  for (let looks = 0; looks < 400 && !isIt(seen); looks += 1) {
    await sleep(100);
    seen = await look();
  }
  expect(isIt(seen) || seen).toBe(true);
  return seen;
}

/** Waits until people are waited for in the task of a number, then does their work. */
async function annotate(temporal: DevServer, site: LoopSite, id: string): Promise<void> {
  const handle = temporal.env.client.workflow.getHandle(id);
  const look = async () => handle.query(statusQuery).catch(() => null);
  const waiting = await until(look, (status) => status?.waitingFor === 'people' && status.step === 'wait');
  const task = waiting?.results.task;
  if (task === undefined) throw new Error('no task');
  await draw(site, task);
  await completeJobs(site, task.taskId);
}

const imports = ({ log }: LoopSite): number =>
  log.count({ server: 'cvat', method: 'POST', path: /\/annotations$/, uploadPhase: 'finish' });

const quick = (site: LoopSite): Partial<LoopPolicy> => ({
  iteration: { ...site.rules.iteration, seal: { quietMs: 0 } },
});

describe('a loop whose Temporal loses its database while people work', () => {
  it('goes on where it was when it is started again, and makes and imports nothing twice', async () => {
    const site = await openLoopSite({ frames: 4 });
    try {
      const { masks } = site.input;
      if (masks === null) throw new Error('no masks');
      const policy = await site.policy({ ...quick(site), firstMasks: { kind: 'folder', masks } });
      const loop = { ...site.loop, policy };
      const first = await startDevServer({ dbFilename: path.join(folder, 'first.db') });
      try {
        await withWorker(first, site, async (operations) => {
          expect(await operations.loops.start({ loop, ...INES })).toMatchObject({ outcome: 'started' });
          expect(await operations.loops.start({ loop, ...INES })).toMatchObject({ outcome: 'joined' });
          const { id } = await operations.loops.resolve('vessels');
          await until(
            async () => (await operations.loops.describe(id)).iteration?.status?.waitingFor,
            (waitingFor) => waitingFor === 'people',
          );
        });
      } finally {
        await first.close();
      }
      const imported = imports(site);
      expect(imported).toBe(1);
      const second = await startDevServer({ dbFilename: path.join(folder, 'second.db') });
      try {
        await withWorker(second, site, async (operations) => {
          const lost = await operations.loops.resolve('vessels');
          expect(lost).toMatchObject({ state: 'known', number: 1 });
          expect(await operations.loops.describe(lost.id)).toMatchObject({ state: 'lost', chosen: [1] });
          await operations.loops.start({ loop, ...INES });
          await annotate(second, site, 'SurgVU/Iteration_1');
          await until(
            async () => (await operations.loops.describe(lost.id)).status,
            (status) => status?.number === 2 && status.phase === 'iterating',
          );
          expect(imports(site)).toBe(imported);
          // The model that the first one has trained makes the masks of the second.
          await until(
            async () => (await operations.loops.describe(lost.id)).iteration?.status?.results.predictions,
            (predictions) => predictions?.frames === 2,
          );
        });
      } finally {
        await second.close();
      }
      const receipt = await readReceipt(site.store, 'SurgVU/Iteration_1');
      expect(receipt?.input.loop).toMatchObject({ name: 'vessels', number: 1 });
      expect(receipt?.results.imported?.adopted).toBe(true);
      const tasks = [...site.sandbox.state.tasks.values()].map(({ name }) => name);
      expect(tasks.filter((name) => name === 'Iteration_1')).toHaveLength(1);
    } finally {
      await site.close();
    }
  }, 400_000);
});
