import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Context } from '@temporalio/activity';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { isMaskloopError, MaskloopError } from '../../src/contracts/error.ts';
import { TASK_QUEUES } from '../../src/contracts/task-queues.ts';
import { runOnWorker } from '../../src/operations/run-on-worker.ts';
import { createOperations, type Operations } from '../../src/operations/operations.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import { ARTIFACT, fakeActivities } from '../kit/fake-activities.ts';
import { startDevServer, type DevServer } from '../kit/temporal/dev-server.ts';
import { withRig } from '../kit/temporal/rig.ts';
import { temporaryFolders } from '../unit/storage/temporary-folder.ts';

const REQUEST = { connection: 'default', project: 'SurgVU' };

let temporal: DevServer;
beforeAll(async () => {
  temporal = await startDevServer();
}, 240_000);
afterAll(async () => temporal.close(), 60_000);

describe('asking a worker for the categories of a project', () => {
  const emptyFolder = temporaryFolders();
  const operations = async (patienceMs?: number): Promise<Operations> => {
    const store = createFolderStore(await emptyFolder());
    return createOperations({
      client: temporal.env.client,
      store,
      ...(patienceMs === undefined ? {} : { patienceMs }),
    });
  };

  it('gives its answer, and shows in no list of iterations', async () => {
    const { activities } = fakeActivities();
    await withRig(temporal, { activities, taskQueue: TASK_QUEUES.iterations }, async () => {
      const { projectCategories, list } = await operations();
      expect(await projectCategories(REQUEST)).toMatchObject({ categories: ARTIFACT, classes: 1 });
      expect(await list()).toEqual([]);
    });
  });

  it('fails as the worker failed, with its facts', async () => {
    const missing = new MaskloopError('ProjectNotFound', 'no such project', { facts: { project: 'SurgVU' } });
    const { activities } = fakeActivities({
      readProjectCategories: async () => {
        throw failureFrom(missing);
      },
    });
    await withRig(temporal, { activities, taskQueue: TASK_QUEUES.iterations }, async () => {
      const { projectCategories } = await operations();
      await expect(projectCategories(REQUEST)).rejects.toMatchObject({
        code: 'ProjectNotFound',
        message: 'no such project',
        facts: { project: 'SurgVU' },
      });
    });
  });

  it('ends with WorkerSilent where no worker runs', async () => {
    const { projectCategories } = await operations(1000);
    await expect(projectCategories(REQUEST)).rejects.toMatchObject({ code: 'WorkerSilent' });
  });
});

describe('a request to a worker that does not come to its end', () => {
  const workflowsPath = fileURLToPath(new URL('../kit/temporal/impatient/index.ts', import.meta.url));
  const activities = {
    work: async (): Promise<string> => {
      await Context.current().sleep('1 minute');
      return 'done';
    },
  };
  const ask = async (limits: object, endsAfterMs = 60_000): Promise<string> => {
    const workflowId = randomUUID();
    const job = { type: 'impatientWorkflow', workflowId, args: [limits], id: 'P/T', endsAfterMs };
    try {
      return await runOnWorker<string>(temporal.env.client, job);
    } catch (error) {
      return isMaskloopError(error) ? `${error.code}: ${error.message}` : String(error);
    }
  };

  it('says whether it took too long or the worker has gone, and never what Temporal calls it', async () => {
    await withRig(temporal, { activities, workflowsPath, taskQueue: TASK_QUEUES.iterations }, async () => {
      const [slow, gone, unfinished] = await Promise.all([
        ask({ startToCloseTimeout: '1 second' }),
        ask({ startToCloseTimeout: '1 minute', heartbeatTimeout: '1 second' }),
        ask({ startToCloseTimeout: '1 minute', taskQueue: 'nobody works on it' }, 2000),
      ]);
      expect(slow).toBe('AnswerTooSlow: The worker that took the request for P/T has not ended it in time.');
      expect(gone).toBe('WorkerSilent: The worker that took the request for P/T is gone.');
      expect(unfinished).toBe(gone);
    });
  });
});
