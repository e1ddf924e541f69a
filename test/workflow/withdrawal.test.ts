import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTurnActivities, type TurnDependencies } from '../../src/activities/training-turns.ts';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { TASK_QUEUES } from '../../src/contracts/task-queues.ts';
import { releaseTurnSignal, trainingTurnsId } from '../../src/contracts/training-turns.ts';
import type { ExcludeInput, ForgetInput, ForgetResult, WithdrawalActivities } from '../../src/contracts/withdrawal.ts';
import { readTurns, requestTurn } from '../../src/operations/training-turns.ts';
import { excludeFrames, forgetFrames } from '../../src/operations/withdraw-frames.ts';
import { startDevServer } from '../kit/temporal/dev-server.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';

const PLACE = { connection: 'default', project: 'P', task: 'T' };
const ASKED = { by: 'tester', note: null, frames: ['a.png'] };
const EXCLUDE: ExcludeInput = { ...PLACE, ...ASKED, what: 'exclude' };
const FORGET: ForgetInput = { ...PLACE, ...ASKED, confirmed: true };
const FOUND: ForgetResult = {
  ...PLACE,
  done: false,
  frames: ['a.png'],
  artifacts: 3,
  bytes: 300,
  shared: 0,
  predictions: 0,
  trainer: null,
};
const OTHER = { id: 'P/other', firstRunId: 'r' };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startDevServer();
});
afterAll(async () => temporal.close());

/** A worker whose activities note when they are called; `address` null for a connection without a trainer. */
async function withWorker(
  address: string | null,
  body: (calls: readonly string[]) => Promise<void>,
  changes: Partial<WithdrawalActivities> = {},
): Promise<void> {
  const { client } = temporal.env;
  const connect = (() => ({ trainer: { address } })) as unknown;
  const turns = {
    request: async (trainer: string, trainee: typeof OTHER) => requestTurn(client, trainer, trainee),
    hasEnded: async () => false,
  };
  const calls: string[] = [];
  const activities: WithdrawalActivities = {
    askForTurn: async ({ id, firstRunId }) => ({
      turns: address === null ? null : await requestTurn(client, address, { id, firstRunId }),
    }),
    recordExclusion: async ({ frames }) => {
      calls.push('record');
      return { frames, changed: frames.length };
    },
    settleExclusions: async () => {
      const holder = address === null ? null : (await readTurns(client, trainingTurnsId(address)))?.holder;
      calls.push(`settle while ${holder?.id ?? 'nobody'} has the turn`);
      return { removed: 1, putBack: 0 };
    },
    planForget: async () => {
      calls.push('plan');
      return FOUND;
    },
    forgetFrames: async () => {
      calls.push('forget');
      if (calls.filter((call) => call === 'forget').length === 1) throw new Error('the store was away');
      return { ...FOUND, done: true };
    },
  };
  const giving = createTurnActivities({ connect: connect as TurnDependencies['connect'], turns, lookEveryMs: 100 });
  const all = { ...giving, ...activities, ...changes };
  await withRig(temporal, { activities: all, taskQueue: TASK_QUEUES.iterations }, async () => body(calls));
}

const untilEnded = async (address: string): Promise<void> => {
  const handle = temporal.env.client.workflow.getHandle(trainingTurnsId(address));
  for (let looks = 0; looks < 800; looks += 1) {
    if ((await handle.describe()).status.name === 'COMPLETED') return;
    await sleep(50);
  }
  throw new Error('the turn was not given back');
};

describe('frames that are withdrawn', () => {
  it('leave the trainer in a turn of their own, which is given back, and a try that fails is done again', async () => {
    await withWorker('http://free.test', async (calls) => {
      const where = { client: temporal.env.client };
      const done = await excludeFrames(where, EXCLUDE);
      expect(done).toMatchObject({ frames: ['a.png'], changed: 1, trainer: 'done', removed: 1 });
      await untilEnded('http://free.test');
      expect(await forgetFrames(where, { ...FORGET, confirmed: false })).toEqual(FOUND);
      expect(await forgetFrames(where, FORGET)).toEqual({ ...FOUND, done: true });
      const settled = 'settle while exclude:default/P/T has the turn';
      expect(calls).toEqual(['record', settled, 'plan', 'plan', 'forget', 'forget']);
      await untilEnded('http://free.test');
    });
  }, 240_000);

  it('stay in a trainer that somebody else uses: excluded ones are on record, of others nothing is removed', async () => {
    const { client } = temporal.env;
    await withWorker('http://busy.test', async (calls) => {
      // One that no worker serves keeps its turn for as long as it is there.
      const holder = await client.workflow.start('trainingTurnsWorkflow', {
        workflowId: OTHER.id,
        taskQueue: 'unserved',
        args: [],
      });
      const turns = await requestTurn(client, 'http://busy.test', OTHER);
      const forgetting = forgetFrames({ client }, FORGET).catch((error: unknown) => error);
      expect(await excludeFrames({ client }, EXCLUDE)).toMatchObject({ trainer: 'later', removed: 0 });
      expect(await forgetting).toMatchObject({ code: 'TrainerTaken', facts: { connection: 'default' } });
      expect(calls.toSorted()).toEqual(['plan', 'record']);
      for (let looks = 0; looks < 800 && (await readTurns(client, turns))?.waiting.length !== 0; looks += 1)
        await sleep(50);
      expect(await readTurns(client, turns)).toMatchObject({ waiting: [] });
      await client.workflow.getHandle(turns).signal(releaseTurnSignal, OTHER);
      await untilEnded('http://busy.test');
      await holder.terminate();
    });
  }, 240_000);

  it('are on record while the trainer is held, which is told at once, and nothing of others is removed', async () => {
    const { client } = temporal.env;
    let asked = 0;
    const held = async (): Promise<never> => {
      asked += 1;
      const message = 'MONAI Label of the connection default is on hold until 18:00 by operator: new disks';
      throw failureFrom(new MaskloopError('OnHold', message, { retryAfterMs: 60_000 }));
    };
    await withWorker(
      'http://held.test',
      async (calls) => {
        expect(await excludeFrames({ client }, EXCLUDE)).toMatchObject({
          trainer: 'later',
          removed: 0,
          because: 'MONAI Label of the connection default is on hold until 18:00 by operator: new disks',
        });
        await expect(forgetFrames({ client }, FORGET)).rejects.toMatchObject({ code: 'OnHold' });
        expect([calls, asked]).toEqual([['record'], 2]);
        await untilEnded('http://held.test');
      },
      { settleExclusions: held, planForget: held },
    );
  }, 240_000);

  it('need no turn where there is nothing to train with, and no more names than travel at once', async () => {
    const { client } = temporal.env;
    await withWorker(null, async (calls) => {
      expect(await excludeFrames({ client }, EXCLUDE)).toMatchObject({ trainer: 'none' });
      expect(await forgetFrames({ client }, FORGET)).toMatchObject({ done: true });
      const frames = Array.from({ length: 1000 }, (_, index) => `frame_${index}.png`);
      await expect(forgetFrames({ client }, { ...FORGET, frames })).rejects.toMatchObject({ code: 'InvalidName' });
      expect(calls).toEqual(['record', 'plan', 'forget', 'forget']);
    });
  }, 240_000);
});
