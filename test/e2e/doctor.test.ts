import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDoctorActivities } from '../../src/activities/inspect-worker.ts';
import { loadWorkerConfig } from '../../src/config.ts';
import { TASK_QUEUES } from '../../src/contracts/task-queues.ts';
import type { Group } from '../../src/inspection/group.ts';
import { inspect } from '../../src/inspection/inspect.ts';
import { createCvat } from '../../src/cvat/client.ts';
import { inspectWorker } from '../../src/operations/inspect-worker.ts';
import { createOperations } from '../../src/operations/operations.ts';
import { SANDBOX_ADMIN, startSandboxCvat, type SandboxCvat } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { startSandboxMonai } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import type { RunningServer } from '../../src/sandbox/running-server.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { connectionClients } from '../../src/worker/connections.ts';
import { startDevServer, type DevServer } from '../kit/temporal/dev-server.ts';
import { withRig } from '../kit/temporal/rig.ts';

let temporal: DevServer;
let folder = '';
let cvat: SandboxCvat;
let monai: RunningServer;

beforeAll(async () => {
  [temporal, folder, cvat, monai] = await Promise.all([
    startDevServer(),
    mkdtemp(path.join(tmpdir(), 'maskloop-doctor-')),
    startSandboxCvat(),
    startSandboxMonai({}),
  ]);
}, 240_000);
afterAll(async () => {
  await Promise.all([temporal.close(), cvat.close(), monai.close()]);
  await rm(folder, { recursive: true });
}, 240_000);

function clientEnv(store: string): Record<string, string> {
  return { HOME: folder, TEMPORAL_ADDRESS: temporal.address, MASKLOOP_STORE: path.join(folder, store) };
}

function workerEnv(store: string): Record<string, string> {
  return {
    ...clientEnv(store),
    CVAT_URL: cvat.url,
    CVAT_USERNAME: SANDBOX_ADMIN.username,
    CVAT_PASSWORD: SANDBOX_ADMIN.password,
    MONAI_LABEL_URL: monai.url,
  };
}

const REQUEST = { version: '1.0.0', bundle: 'sources', connections: null, project: null, fix: false };

async function groupsOf(env: Record<string, string>, more: object = {}): Promise<readonly Group[]> {
  const parts = inspect({ ...REQUEST, ...more, env });
  return (await Promise.all(parts.map(({ groups }) => groups))).flat();
}

/** `level message` of everything that is not in order; what cannot be known is no fault. */
function wrong(groups: readonly Group[]): readonly string[] {
  return groups.flatMap(({ title, findings }) =>
    findings
      .filter(({ level }) => level !== 'ok' && level !== 'unknown')
      .map(({ level, message }) => `${title}: ${level} ${message}`),
  );
}

/** A worker on the queue of all iterations, with the settings given. */
async function withWorker<T>(env: Record<string, string>, version: string, body: () => Promise<T>): Promise<T> {
  const config = loadWorkerConfig(env);
  const { names, connect } = connectionClients(config.connections);
  const store = openStore(config.store);
  const activities = createDoctorActivities({ connectionNames: names, connect, store, version, bundle: 'sources' });
  const options = { activities, taskQueue: TASK_QUEUES.iterations };
  const { result, runs } = await withRig(temporal, options, async () => {
    const operations = createOperations({ client: temporal.env.client, store });
    while ((await operations.pollers()).activity.length === 0) await sleep(50);
    return body();
  });
  expect(runs.every(({ largestPayloadBytes }) => largestPayloadBytes < 16_384)).toBe(true);
  return result;
}

describe('the inspection', () => {
  it('says that no worker runs, and what can be seen without one', async () => {
    const groups = await groupsOf(clientEnv('shared'));
    expect(groups.map(({ title }) => title)).toEqual(['Configuration', 'Store, from here', 'Temporal']);
    expect(wrong(groups)).toEqual(['Temporal: problem no worker asks for work on the task queue maskloop']);
  });

  it('reports all problems of the configuration, and looks at the rest all the same', async () => {
    const found = wrong(await groupsOf({ ...clientEnv('shared'), CVAT_URL: 'nonsense' }));
    expect(found.slice(0, 2)).toEqual([
      expect.stringContaining('Configuration: problem CVAT_URL is not an address'),
      expect.stringContaining('Configuration: problem CVAT_TOKEN is not set'),
    ]);
    expect(found[2]).toContain('Temporal: problem no worker asks for work');
  });

  it('does not wait for a worker that does not answer, and leaves nothing for the next one', async () => {
    const { client } = temporal.env;
    const request = { connection: null, projects: [], storeProbe: null };
    await expect(inspectWorker(client, request, 300)).rejects.toMatchObject({ code: 'WorkerSilent' });
    for await (const run of client.workflow.list({ query: "ExecutionStatus = 'Running'" }))
      expect(run.workflowId).toBe('');
  });

  it('finds everything in order, from here and from the worker, and leaves nothing in the list', async () => {
    const store = openStore(path.join(folder, 'shared'));
    const groups = await withWorker(workerEnv('shared'), '1.0.0', async () => groupsOf(workerEnv('shared')));
    expect(wrong(groups)).toEqual([]);
    expect(groups.map(({ title }) => title)).toEqual([
      'Configuration',
      'Store, from here',
      'Temporal',
      'Worker',
      'Store, from the worker',
      'CVAT default, from the worker',
      'MONAI Label default, from the worker',
      'CVAT default, from here',
      'MONAI Label default, from here',
      'Webhooks default',
    ]);
    expect(await createOperations({ client: temporal.env.client, store }).list()).toEqual([]);
    expect(JSON.stringify(groups)).not.toContain(SANDBOX_ADMIN.password);
  });

  it('may be made several times at once, and leaves nothing in the store', async () => {
    const env = workerEnv('shared');
    const all = await withWorker(env, '1.0.0', async () =>
      Promise.all(Array.from({ length: 6 }, async () => groupsOf(clientEnv('shared')))),
    );
    expect(all.map(wrong)).toEqual(all.map(() => []));
    expect(await openStore(path.join(folder, 'shared')).listNamed('doctor/')).toEqual([]);
  });

  it('compares the labels of a project with those of the model, from here and from the worker', async () => {
    const { url } = cvat;
    const client = createCvat({ url, credentials: async () => ({ kind: 'password', ...SANDBOX_ADMIN }) });
    await client.createProject({ name: 'Other words', labels: ['Needle Driver'] });
    const env = workerEnv('shared');
    const groups = await withWorker(env, '1.0.0', async () => groupsOf(env, { project: 'Other words' }));
    const told = wrong(groups).filter((text) => text.includes('does not know "Needle Driver"'));
    expect(told.map((text) => text.split(':')[0])).toEqual([
      'MONAI Label default, from the worker',
      'MONAI Label default, from here',
    ]);
  });

  it('removes our webhook with --fix once no address is set for it', async () => {
    const client = createCvat({ url: cvat.url, credentials: async () => ({ kind: 'password', ...SANDBOX_ADMIN }) });
    const { id } = await client.createProject({ name: 'Hooked', labels: ['tool'] });
    const hooked = {
      ...workerEnv('shared'),
      MASKLOOP_WEBHOOK_URL: 'http://127.0.0.1:9',
      CVAT_WEBHOOK_SECRET: 'a secret of the tests',
    };
    const doctor = async (env: Record<string, string>, fix: boolean): Promise<readonly string[]> => {
      const parts = inspect({ ...REQUEST, project: 'Hooked', fix, env });
      return wrong((await parts.find(({ name }) => name === 'webhooks')?.groups) ?? []);
    };
    await doctor(hooked, true);
    expect(await client.webhooks(id)).toHaveLength(1);
    expect(await doctor(workerEnv('shared'), false)).toEqual([expect.stringContaining('left over')]);
    expect(await doctor(workerEnv('shared'), true)).toEqual([]);
    expect(await client.webhooks(id)).toEqual([]);
  });

  it('finds another release, another store, a dead MONAI Label and a wrong password at the worker', async () => {
    const env = { ...workerEnv('other'), CVAT_PASSWORD: 'wrong', MONAI_LABEL_URL: 'http://127.0.0.1:9' };
    const groups = await withWorker(env, '0.9.0', async () => groupsOf(clientEnv('shared')));
    const found = wrong(groups);
    expect(await openStore(path.join(folder, 'other')).listNamed('doctor/')).toEqual([]);
    expect(found).toEqual([
      'Worker: warning the worker runs maskloop 0.9.0, this is 1.0.0',
      expect.stringMatching(/^Store, from the worker: problem .* does not hold what `doctor`/),
      expect.stringContaining('Store, from the worker: problem what the worker writes to its store'),
      expect.stringContaining('CVAT default, from the worker: problem POST /api/auth/login answered 400'),
      expect.stringContaining('MONAI Label default, from the worker: problem GET /info/ was not answered'),
    ]);
  });

  it('knows a connection only by the name that it has', async () => {
    const env = workerEnv('shared');
    const groups = await withWorker(env, '1.0.0', async () =>
      groupsOf(clientEnv('shared'), { connections: ['north'] }),
    );
    expect(wrong(groups)).toEqual([
      'CVAT north, from the worker: problem This worker has no connection named "north"; it has default.',
    ]);
  });

  it('says of each part whose it is: the workers are for everybody, servers for who sees their connection, the rest for who sees all', async () => {
    const groups = await withWorker(workerEnv('shared'), '1.0.0', async () => groupsOf(workerEnv('shared')));
    const whose = new Map(groups.map(({ title, shownTo }) => [title, shownTo]));
    expect(Object.fromEntries(whose)).toEqual({
      Configuration: undefined,
      'Store, from here': undefined,
      Temporal: 'everybody',
      Worker: 'everybody',
      'Store, from the worker': undefined,
      'CVAT default, from the worker': ['default'],
      'MONAI Label default, from the worker': ['default'],
      'CVAT default, from here': ['default'],
      'MONAI Label default, from here': ['default'],
      'Webhooks default': ['default'],
    });
  });

  it('registers search attributes with --fix, and without says how', async () => {
    const { client } = temporal.env;
    const namespace = 'unprepared';
    await client.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    const env = { ...clientEnv('shared'), TEMPORAL_NAMESPACE: namespace };
    const isMissing = (text: string): boolean => text.includes('are not registered');
    let seen: readonly string[] = [];
    while (!seen.some(isMissing)) seen = wrong(await groupsOf(env));
    const fixed = await groupsOf(env, { fix: true });
    expect(wrong(fixed).some(isMissing)).toBe(false);
    expect(wrong(await groupsOf(env)).some(isMissing)).toBe(false);
  }, 240_000);
});
