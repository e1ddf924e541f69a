import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { remoteOperations } from '../../src/api-client/remote-operations.ts';
import { createApiClient } from '../../src/api-client/api-client.ts';
import { createIterationIndex, type ListPage } from '../../src/operations/lists/iteration-index.ts';
import { createPeopleRegister, type PeopleRegister } from '../../src/operations/people/people-register.ts';
import { createOperations } from '../../src/operations/operations.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import { openApiSite, TOKENS, type ApiSite } from '../kit/api-site.ts';
import { iterationInput } from '../kit/iteration-input.ts';
import { withReceipts, writeReceipts } from '../kit/many-receipts.ts';
import { startDevServer, type DevServer } from '../kit/temporal/dev-server.ts';

const RECEIPTS = 10_000;
const NORTHERN = RECEIPTS / 10;

let temporal: DevServer;
let folder = '';
let site: ApiSite;
let register: PeopleRegister;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-lists-'));
  temporal = await startDevServer();
  const store = withReceipts(createFolderStore(folder), RECEIPTS);
  const { client } = temporal.env;
  const operations = createOperations({ client, store, patienceMs: 1500 });
  register = createPeopleRegister({ client, store });
  site = await openApiSite(operations, { index: createIterationIndex({ client, store }), people: register, store });
  for (const [connection, task] of [
    ['default', 'one'],
    ['default', 'two'],
    ['north', 'three'],
  ] as const) {
    const deadline = { at: '2031-01-01T00:00:00.000Z', afterMs: null, policy: 'attention' } as const;
    const completion = { rule: 'state', pollMs: 60_000, ...(task === 'two' ? { deadline } : {}) } as const;
    const told = { people: [`person of ${task}`], tellPeople: task === 'three' ? 'none' : 'names' } as const;
    const input = iterationInput({ connection, project: 'Running', task, completion, ...told });
    await operations.start({ input, again: false });
  }
  while ((await operations.list()).filter(({ state }) => state === 'running').length < 3);
}, 400_000);
afterAll(async () => {
  await site.close();
  await temporal.close();
  await rm(folder, { recursive: true, force: true });
}, 240_000);

async function page(query: string, token: string = TOKENS.viewer): Promise<ListPage> {
  const { status, json } = await site.ask(token, 'GET', `/api/v1/iterations?${query}`);
  expect(status).toBe(200);
  return json as ListPage;
}

async function all(query: string, token?: string): Promise<ListPage['iterations']> {
  const rows: ListPage['iterations'][number][] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const next: ListPage = await page(`${query}&limit=1000${cursor === '' ? '' : `&cursor=${cursor}`}`, token);
    rows.push(...next.iterations);
    cursor = next.next;
  }
  return rows;
}

describe('the list over what runs and ten thousand receipts whose histories are gone', () => {
  it('is each iteration once, those that began last first, page by page', async () => {
    const rows = await all('');
    expect(rows).toHaveLength(RECEIPTS + 3);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(RECEIPTS + 3);
    const begins = rows.map(({ startedAt }) => Date.parse(startedAt));
    expect(begins).toEqual(begins.toSorted((a, b) => b - a));
    expect(rows.slice(0, 3).map(({ state }) => state)).toEqual(['running', 'running', 'running']);
    expect(rows[3]?.id).toBe(`P${(RECEIPTS - 1) % 20}/T${RECEIPTS - 1}`);
  });

  it('stays in its place when something new begins between two pages', async () => {
    const first = await page('limit=5&state=done');
    writeReceipts(folder, 1);
    const second = await page(`limit=5&state=done&cursor=${first.next}`);
    const ids = [...first.iterations, ...second.iterations].map(({ id }) => id);
    expect(new Set(ids).size).toBe(10);
  });

  it('is narrowed by connection, project, person, state, step and what is waited for', async () => {
    expect(await all('connection=north')).toHaveLength(NORTHERN + 1);
    expect(await all('project=P7')).toHaveLength(RECEIPTS / 20);
    expect(await all('person=person%203')).toHaveLength(RECEIPTS / 8);
    expect(await all('project=P7&person=person%203')).toHaveLength(RECEIPTS / 40);
    expect(await all('state=running')).toHaveLength(3);
    expect(await all('step=convert&waitingFor=machine')).toHaveLength(3);
    expect(await all('attention=true')).toEqual([]);
  });

  it('knows people and deadlines of what runs, also while no worker tells', async () => {
    const [one] = await all('person=person%20of%20two');
    expect(one).toMatchObject({ id: 'Running/two', deadline: '2031-01-01T00:00:00.000Z' });
    expect(await all('deadlineBefore=2030-01-01T00:00:00Z')).toEqual([]);
    expect((await all('deadlineBefore=2032-01-01T00:00:00Z')).map(({ id }) => id)).toEqual(['Running/two']);
  });

  it('names nobody of an iteration that names nobody, and no filter finds out who it is', async () => {
    const rows = await all('connection=north&state=running');
    expect(rows.map(({ people: told }) => told)).toEqual([['somebody']]);
    expect(await all('person=person%20of%20three')).toEqual([]);
  });

  it('is told by one who knows people of what runs, of what is finished, and of nothing else', async () => {
    expect(await register.of('north/Running/three')).toEqual({ tells: 'none', names: ['person of three'], leads: [] });
    expect(await register.of('Running/one')).toMatchObject({ tells: 'names', names: ['person of one'] });
    expect(await register.of('P7/T7')).toMatchObject({ tells: 'names' });
    expect(await register.of('P7/nothing')).toEqual({ tells: 'none', names: [], leads: [] });
    register.saw('north/Running/three', ['somebody else', null]);
    expect((await register.of('north/Running/three')).names).toEqual(['person of three', 'somebody else']);
  });

  it('shows a token of one connection that one alone', async () => {
    const rows = await all('', TOKENS.north);
    expect(rows).toHaveLength(NORTHERN + 1);
    expect(rows.filter(({ connection }) => connection !== 'north')).toEqual([]);
    const resolved = await site.ask(TOKENS.north, 'GET', '/api/v1/iterations/resolve?among=running');
    expect(resolved.json).toEqual({ id: 'north/Running/three' });
    const hidden = await site.ask(TOKENS.north, 'GET', '/api/v1/iterations/resolve?among=any&given=Running');
    expect([hidden.status, hidden.json]).toMatchObject([404, { code: 'IterationNotFound' }]);
  });

  it('refuses a cursor that no list gave', async () => {
    const { status } = await site.ask(TOKENS.viewer, 'GET', '/api/v1/iterations?cursor=nonsense');
    expect(status).toBe(400);
  });

  it('steers in bulk what a filter holds for, and says of each what came of it', async () => {
    const steer = async (filter: object, what: string) =>
      (await site.ask(TOKENS.operator, 'POST', '/api/v1/iterations/bulk', { body: { what, filter } })).json;
    expect(await steer({ connection: 'default' }, 'pause')).toEqual({
      results: [
        { id: 'Running/two', done: true, code: null, message: null },
        { id: 'Running/one', done: true, code: null, message: null },
      ],
    });
    expect(await steer({ connection: 'north', project: 'Running' }, 'retry')).toMatchObject({
      results: [{ id: 'north/Running/three', done: false, code: 'WorkerSilent' }],
    });
  });

  it('is the list of the command line through a server', async () => {
    const client = createApiClient({ url: site.url, token: { read: () => TOKENS.viewer }, user: 'tester' });
    const rows = await remoteOperations(client).list();
    expect(rows).toHaveLength(RECEIPTS + 3);
    expect(rows.slice(0, 3).map(({ id }) => id)).toEqual(['Running/one', 'Running/two', 'north/Running/three']);
  });

  it('knows the people of an iteration from its start on, also if they were asked for before', async () => {
    expect(await register.of('P7/nothing')).toMatchObject({ tells: 'none', names: [] });
    const input = iterationInput({ project: 'P7', task: 'nothing', people: ['ana'], tellPeople: 'names' });
    await createOperations({ client: temporal.env.client, store: createFolderStore(folder) }).start({
      input,
      again: false,
    });
    expect(await register.of('P7/nothing')).toEqual({ tells: 'names', names: ['ana'], leads: [] });
  });
});
