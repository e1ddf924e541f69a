import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import type { IterationPlan } from '../../src/contracts/plan.ts';
import type { RestoreInput } from '../../src/contracts/restore.ts';
import { TASK_QUEUES } from '../../src/contracts/task-queues.ts';
import { createOperations, type Operations } from '../../src/operations/operations.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import { iterationInput } from '../kit/iteration-input.ts';
import { startDevServer, type DevServer } from '../kit/temporal/dev-server.ts';
import { withRig } from '../kit/temporal/rig.ts';

const PLAN: Partial<IterationPlan> = { jobCount: 3, troubles: [] };
const RESTORE: RestoreInput = { id: 'P/T', number: 2, overwrite: false, by: 'tester' };

let temporal: DevServer;
let folder = '';
let operations: Operations;
beforeAll(async () => {
  temporal = await startDevServer();
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-jobs-'));
  const { client } = temporal.env;
  operations = createOperations({ client, store: createFolderStore(folder), patienceMs: 1500 });
}, 240_000);
afterAll(async () => {
  await temporal.close();
  await rm(folder, { recursive: true });
}, 240_000);

describe('what only a worker can do', () => {
  it('is done by a worker, its answer and its named failures come back, and no list shows it', async () => {
    const asked: unknown[] = [];
    let begun = (): void => undefined;
    const taken = new Promise<void>((resolve) => {
      begun = resolve;
    });
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const activities = {
      planIteration: async (args: unknown) => {
        asked.push(args);
        return PLAN;
      },
      restoreBackup: async (input: RestoreInput) => {
        if (input.number === 9) {
          begun();
          await held;
        }
        const error = new MaskloopError('RestoreRefused', 'people have worked', { facts: { jobs: [4] } });
        throw failureFrom(error);
      },
    };
    await withRig(temporal, { activities, taskQueue: TASK_QUEUES.iterations }, async () => {
      const input = iterationInput();
      expect(await operations.plan(input)).toEqual(PLAN);
      expect(asked).toEqual([{ id: 'SurgVU/Iteration_1', input }]);
      await expect(operations.restore(RESTORE)).rejects.toMatchObject({ code: 'RestoreRefused', facts: { jobs: [4] } });
      const first = operations.restore({ ...RESTORE, number: 9 });
      first.catch(() => undefined);
      await taken;
      await expect(waitForBusy()).resolves.toBe('RestoreRunning');
      expect(await operations.list()).toEqual([]);
      goOn();
      await expect(first).rejects.toMatchObject({ code: 'RestoreRefused' });
    });
  }, 240_000);

  it('is refused after a while without a worker, and not done when one comes later', async () => {
    await expect(operations.plan(iterationInput())).rejects.toMatchObject({ code: 'WorkerSilent' });
    const open = temporal.env.client.workflow.list({ query: "ExecutionStatus = 'Running'" });
    for await (const run of open) expect(run.workflowId).toBe('nothing runs');
  });
});

/** The code of the failure of another restore. */
async function waitForBusy(): Promise<string> {
  const error: unknown = await operations.restore(RESTORE).catch((reason: unknown) => reason);
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'none';
}
