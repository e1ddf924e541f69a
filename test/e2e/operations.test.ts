import { SEARCH_ATTRIBUTES } from '../../src/contracts/search-attributes.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ITERATION_WORKFLOW, type IterationInput } from '../../src/contracts/iteration.ts';
import { createOperations, type Operations } from '../../src/operations/operations.ts';
import { setRetention } from '../../src/operations/retention.ts';
import {
  checkSearchAttributes,
  ensureSearchAttributes,
  missingSearchAttributes,
} from '../../src/operations/search-attributes.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { ARTIFACT, fakeActivities } from '../kit/fake-activities.ts';
import { iterationInput } from '../kit/iteration-input.ts';
import { startDevServer, type DevServer } from '../kit/temporal/dev-server.ts';
import { withRig } from '../kit/temporal/rig.ts';
import { sampleReceipt } from '../unit/operations/sample-receipt.ts';

let temporal: DevServer;
let folder = '';
let store: ArtifactStore;
let operations: Operations;

beforeAll(async () => {
  temporal = await startDevServer();
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-operations-'));
  store = createFolderStore(folder);
  operations = createOperations({ client: temporal.env.client, store, patienceMs: 1500 });
}, 240_000);
afterAll(async () => {
  await temporal.close();
  await rm(folder, { recursive: true });
}, 240_000);

const start = (input: IterationInput, again = false) => operations.start({ input, again });

async function writeReceipt(id: string): Promise<void> {
  await store.putNamed(`receipts/${id}.json`, Buffer.from(JSON.stringify(sampleReceipt({ id }))));
}

async function until<T>(look: () => Promise<T>, isIt: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (isIt(seen)) return seen;
    await sleep(50);
  }
}

describe('starting, with no worker at all', () => {
  it('lets exactly one of twenty starts at once start and the others join', async () => {
    const input = iterationInput({ task: 'race' });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => start(input)));
    expect(outcomes.filter(({ outcome }) => outcome === 'started')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'joined')).toHaveLength(19);
    expect(new Set(outcomes.map(({ id }) => id))).toEqual(new Set(['SurgVU/race']));
  });

  it('refuses other inputs and says in what they differ', async () => {
    const input = iterationInput({ task: 'differs' });
    await start(input);
    await expect(start({ ...input, suffix: '_new', training: null })).rejects.toMatchObject({
      code: 'IterationDiffers',
      facts: {
        id: 'SurgVU/differs',
        differences: [
          { field: 'suffix', running: '', requested: '_new' },
          { field: 'training', requested: null },
        ],
      },
    });
  });

  it('starts again after a termination', async () => {
    const input = iterationInput({ task: 'terminated' });
    await start(input);
    await temporal.env.client.workflow.getHandle('SurgVU/terminated').terminate();
    await expect(start({ ...input, suffix: '_other' })).resolves.toMatchObject({ outcome: 'started' });
  });

  it('refuses a task with a receipt, and with `again` takes the first round that has none', async () => {
    const input = iterationInput({ task: 'done' });
    await writeReceipt('SurgVU/done');
    await expect(start(input)).rejects.toMatchObject({ code: 'IterationDone', facts: { id: 'SurgVU/done' } });
    await expect(start(input, true)).resolves.toEqual({ id: 'SurgVU/done~2', outcome: 'started' });
    await expect(start(input, true)).resolves.toEqual({ id: 'SurgVU/done~2', outcome: 'joined' });
    await writeReceipt('SurgVU/done~2');
    await temporal.env.client.workflow.getHandle('SurgVU/done~2').terminate();
    await expect(start(input, true)).resolves.toEqual({ id: 'SurgVU/done~3', outcome: 'started' });
  });

  it('shows the iteration from the index, and says that no worker answers', async () => {
    const { id } = await start(iterationInput({ project: 'Idle', task: 'a b' }));
    const rows = await until(
      () => operations.list(),
      (seen) => seen.some((row) => row.id === id),
    );
    expect(rows.find((row) => row.id === id)).toMatchObject({
      state: 'running',
      project: 'Idle',
      task: 'a b',
      connection: 'default',
      step: 'convert',
      waitingFor: 'machine',
    });
    const view = await operations.describe(await operations.resolve('Idle/a b', 'running'));
    expect(view).toMatchObject({ id: 'Idle/a%20b', state: 'running', workerAnswers: false, status: null });
    expect(view.index).toMatchObject({ step: 'convert', waitingFor: 'machine' });
  });

  it('does not wait for ever for a decision that no worker takes', async () => {
    const { id } = await start(iterationInput({ project: 'Idle', task: 'silent' }));
    const sender = { by: 'tester' };
    await expect(operations.steer({ id, what: 'retry', sender })).rejects.toMatchObject({ code: 'WorkerSilent' });
    await expect(operations.steer({ id, what: 'pause', sender })).resolves.toBeUndefined();
  });

  it('knows what does not run and what never was', async () => {
    const sender = { by: 'tester' };
    await writeReceipt('SurgVU/finished');
    const finished = operations.steer({ id: 'SurgVU/finished', what: 'pause', sender });
    await expect(finished).rejects.toMatchObject({ code: 'IterationDone' });
    const unknown = operations.steer({ id: 'SurgVU/unknown', what: 'cancel', sender });
    await expect(unknown).rejects.toMatchObject({ code: 'IterationNotFound' });
    await expect(operations.describe('SurgVU/unknown')).rejects.toMatchObject({ code: 'IterationNotFound' });
    await expect(operations.resolve('SurgVU/finished', 'running')).rejects.toMatchObject({ code: 'IterationDone' });
    await expect(operations.describe('SurgVU/finished')).resolves.toMatchObject({ state: 'done', index: null });
  });
});

describe('an iteration with a worker', () => {
  it('is steered through a decision to its receipt, and shows why it waits on the way', async () => {
    const input = iterationInput({ project: 'Steered', training: null });
    const id = 'Steered/Iteration_1';
    const sender = { by: 'tester' };
    let complete = false;
    const { activities } = fakeActivities({
      guardTask: async () => {
        throw ApplicationFailure.nonRetryable('two shapes', 'TaskHoldsOtherShapes', { shapes: 2 });
      },
      checkCompletion: async () => {
        if (complete) return { jobs: 2, completedAt: '2026-01-01T00:00:00.000Z' };
        const facts = { completed: 1, jobs: 2 };
        throw ApplicationFailure.create({
          message: '1 of 2 jobs',
          type: 'AnnotationPending',
          details: [facts],
          nextRetryDelay: 400,
        });
      },
      recordReceipt: async () => {
        await writeReceipt(id);
        return { receipt: ARTIFACT };
      },
    });
    await withRig(temporal, { activities, taskQueue: 'steered' }, async ({ client, taskQueue }) => {
      // The queue of all iterations is left to the tests without a worker.
      await client.workflow.start(ITERATION_WORKFLOW, { workflowId: id, taskQueue, args: [input] });
      const troubled = await until(
        () => operations.describe(id),
        (view) => view.status?.waitingFor === 'decision',
      );
      expect(troubled.status?.trouble).toMatchObject({ code: 'TaskHoldsOtherShapes', facts: { shapes: 2 } });
      await operations.steer({ id, what: 'skip', sender });

      const waiting = await until(
        () => operations.describe(id),
        ({ activities: [poll] }) => (poll?.attempt ?? 0) > 1 && poll?.lastFailure !== null,
      );
      expect(waiting).toMatchObject({
        state: 'running',
        workerAnswers: true,
        status: { step: 'wait', waitingFor: 'people' },
      });
      expect(waiting.activities[0]).toMatchObject({
        name: 'checkCompletion',
        lastFailure: { code: 'AnnotationPending', message: '1 of 2 jobs', facts: { completed: 1, jobs: 2 } },
      });
      await expect(operations.steer({ id, what: 'retry', sender })).rejects.toMatchObject({ code: 'NothingToDecide' });

      complete = true;
      await operations.steer({ id, what: 'wake', sender });
      const done = await until(
        () => operations.describe(id),
        (view) => view.state === 'done',
      );
      expect(done.receipt?.id).toBe(id);
      await expect(operations.start({ input, again: false })).rejects.toMatchObject({ code: 'IterationDone' });
    });
  });

  it('counts as finished when it has completed, even if the store holds no receipt of it', async () => {
    const input = iterationInput({ project: 'Lost', training: null });
    const { activities } = fakeActivities();
    await withRig(temporal, { activities, taskQueue: 'lost' }, async ({ client, taskQueue }) => {
      const workflowId = 'Lost/Iteration_1';
      const handle = await client.workflow.start(ITERATION_WORKFLOW, { workflowId, taskQueue, args: [input] });
      await handle.result();
    });
    await expect(start(input)).rejects.toMatchObject({ code: 'IterationDone' });
    await expect(start(input, true)).resolves.toEqual({ id: 'Lost/Iteration_1~2', outcome: 'started' });
  });
});

const ALL = Object.keys(SEARCH_ATTRIBUTES).length;

describe('preparing a namespace', () => {
  it('registers search attributes once, and keeps closed runs as long as it is told', async () => {
    const { client } = temporal.env;
    const namespace = 'fresh';
    await client.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    const { connection } = client;
    const fresh = { connection, namespace };
    // Another node of the server sees a new namespace a moment later.
    await until(
      () => missingSearchAttributes(fresh).catch(() => []),
      (missing) => missing.length === ALL,
    );
    await expect(checkSearchAttributes(fresh)).rejects.toMatchObject({ code: 'SearchAttributesMissing' });
    await expect(ensureSearchAttributes(fresh)).resolves.toHaveLength(ALL);
    await expect(ensureSearchAttributes(fresh)).resolves.toEqual([]);

    await setRetention(client, 365);
    const answer = await client.workflowService.describeNamespace({ namespace: client.options.namespace });
    expect(Number(answer.config?.workflowExecutionRetentionTtl?.seconds)).toBe(365 * 86_400);
  }, 240_000);
});
