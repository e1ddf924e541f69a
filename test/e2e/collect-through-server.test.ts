import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { throughServer } from '../../src/api-client/through-server.ts';
import { createLook } from '../../src/activities/looks/look.ts';
import type { LabelsWanted } from '../../src/api/endpoints/labels.ts';
import { collectExports } from '../../src/collect/collect-exports.ts';
import { collectTask } from '../../src/collect/collect-task.ts';
import { openLabelFolder } from '../../src/collect/label-folder.ts';
import { writeLabels } from '../../src/collect/write-labels.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { ANSWERS } from '../../src/contracts/look.ts';
import type { LabelsRef, TaskRef } from '../../src/contracts/refs.ts';
import { TASK_QUEUES } from '../../src/contracts/task-queues.ts';
import { createLabelsOfTask } from '../../src/operations/looks/labels-of-task.ts';
import { createOperations } from '../../src/operations/operations.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { openActivitySite, prepareImport, type ActivitySite } from '../kit/activity-site.ts';
import { call, completeJobs } from '../kit/annotate.ts';
import { openApiSite, TOKENS, type ApiSite } from '../kit/api-site.ts';
import { recordReceipt } from '../kit/recorded-iteration.ts';
import { startDevServer, type DevServer } from '../kit/temporal/dev-server.ts';
import { withRig } from '../kit/temporal/rig.ts';

let temporal: DevServer;
let site: ActivitySite;
let server: ApiSite;
let task: TaskRef;
let sealed: LabelsRef;
let categories: readonly { readonly id: number; readonly name: string }[];

/** What a worker has for looks; the connections `default` and `north` are one CVAT here. */
const ofWorker = () => {
  const connection = { cvat: site.cvat, monai: site.monai, trainer: monaiTrainer(site.monai) };
  const connect = (name: string) => {
    if (['default', 'north'].includes(name)) return connection;
    throw new MaskloopError('InvalidConfiguration', `No connection is named ${name}.`);
  };
  return { look: createLook({ connect, store: site.store }) };
};

beforeAll(async () => {
  temporal = await startDevServer();
  site = await openActivitySite({ frames: 5 });
  const scenes = await readFile(site.scenes.categoriesFile, 'utf8');
  categories = (JSON.parse(scenes) as typeof categories).map(({ id, name }) => ({ id, name }));
  const prepared = await prepareImport(site);
  ({ task } = prepared);
  await site.run('importPreannotations', prepared);
  await completeJobs(site, task.taskId);
  const seal = await site.run('sealLabels', { task });
  sealed = await site.run('exportLabels', { task, seal });
  await recordReceipt(site, { task, labels: sealed });
  await recordReceipt(
    site,
    { task },
    { id: 'north/SurgVU/T', input: { ...site.input, connection: 'north', task: 'T' } },
  );
  // What CVAT has now is not what was sealed.
  const [job] = await site.cvat.jobs(task.taskId);
  const [shape] = site.sandbox.state.jobs.get(job?.id ?? 0)?.shapes ?? [];
  if (job === undefined || shape === undefined) throw new Error('nothing to correct');
  await call(site, 'PATCH', `/api/jobs/${job.id}/annotations?action=delete`, { shapes: [shape], tags: [], tracks: [] });
  const { client } = temporal.env;
  const { store } = site;
  const labelsOfTask = createLabelsOfTask({ client, store });
  server = await openApiSite(createOperations({ client, store }), { store, labelsOfTask });
}, 240_000);
afterAll(async () => {
  await server.close();
  await site.close();
  await temporal.close();
}, 60_000);

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'maskloop-collect-'));
});
afterEach(async () => rm(dir, { recursive: true }));

const withWorker = async (body: () => Promise<void>) =>
  withRig(temporal, { activities: ofWorker(), taskQueue: TASK_QUEUES.iterations }, body);

const through = (wanted: Partial<LabelsWanted>, token: string = TOKENS.operator, { url } = server) => {
  const remote = throughServer({ url, token: { read: () => token }, user: 'tester' });
  const whole = {
    of: { connection: 'default', task: task.taskId },
    via: 'native',
    categories: null,
    ...wanted,
  } as const;
  return remote.collect(whole, { dir: path.join(dir, 'through'), signal: new AbortController().signal });
};

const request = (named: typeof categories | null = null) => ({
  cvat: site.cvat,
  store: site.store,
  taskId: task.taskId,
  categories: named,
  signal: new AbortController().signal,
});

async function treeOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).toSorted();
  const contents = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'hex')));
  return new Map(names.map((name, index) => [name, contents[index] ?? '']));
}

const expectSame = async (): Promise<void> => {
  const tree = await treeOf(path.join(dir, 'through'));
  expect(tree).toEqual(await treeOf(path.join(dir, 'here')));
  expect(tree.size).toBe(5);
};

describe('labels that are collected through a server', () => {
  it('are those that CVAT has now, read by a worker, byte for byte as without a server', async () => {
    await withWorker(async () => {
      const other = categories.map(({ id, name }) => ({ id: id + 10, name }));
      const native = await collectTask(request(other));
      await writeLabels(site.store, native, path.join(dir, 'here'));
      const collected = await through({ categories: other });
      expect(collected).toEqual({ native: { ...native, sealedAt: collected.native?.sealedAt }, exported: null });
    });
    await expectSame();
    expect(await site.store.listNamed(ANSWERS)).toEqual([]);
  });

  it('are those of its exports where that is asked for', async () => {
    await withWorker(async () => {
      const exported = await collectExports(request(), openLabelFolder(path.join(dir, 'here')));
      expect(await through({ via: 'export' })).toEqual({ native: null, exported });
    });
    await expectSame();
  });

  it('are what an iteration has sealed, for which no worker is needed, and its task where nothing is sealed', async () => {
    await writeLabels(site.store, sealed, path.join(dir, 'here'));
    expect(await through({ of: { id: site.id } })).toEqual({ native: sealed, exported: null });
    await expectSame();
    const before = await treeOf(path.join(dir, 'through'));
    await withWorker(async () => {
      await through({ of: { id: 'north/SurgVU/T' }, categories: [...categories] }, TOKENS.north);
    });
    const now = await treeOf(path.join(dir, 'through'));
    expect([...now].filter(([name, content]) => before.get(name) !== content)).toHaveLength(1);
  });

  it('are read by those who see the connection, and nobody else', async () => {
    await withWorker(async () => {
      const own = { connection: 'north', task: task.taskId };
      expect((await through({ of: own }, TOKENS.north)).native?.frames).toBe(5);
    });
    for (const meant of [{ connection: 'default', task: task.taskId }, { id: site.id }]) {
      await expect(through({ of: meant }, TOKENS.north)).rejects.toMatchObject({ code: 'AccessDenied' });
      await expect(through({ of: meant }, TOKENS.lead)).rejects.toMatchObject({ code: 'AccessDenied' });
    }
    const { sha256 } = await site.store.put(Buffer.from('what another connection has'));
    const refused = await server.ask(TOKENS.north, 'GET', `/api/v1/labels/${sha256}`);
    expect([refused.status, refused.text.includes('another connection')]).toEqual([404, false]);
  });

  it('end with what CVAT says of the task, or with the silence of the workers', async () => {
    await withWorker(async () => {
      const of = { connection: 'default', task: 4711 };
      await expect(through({ of })).rejects.toMatchObject({ code: 'TaskGone' });
    });
    const { client } = temporal.env;
    const labelsOfTask = createLabelsOfTask({ client, store: site.store, patienceMs: 200 });
    const impatient = await openApiSite({}, { store: site.store, labelsOfTask });
    await expect(through({}, TOKENS.operator, impatient)).rejects.toMatchObject({ code: 'WorkerSilent' });
    await impatient.close();
    expect(await readdir(dir)).toEqual([]);
  });
});
