import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiClient } from '../../../../src/api-client/api-client.ts';
import { remoteOperations } from '../../../../src/api-client/remote-operations.ts';
import { lazyTemporal } from '../../../../src/operations/connect.ts';
import { createIterationIndex, type ListPage } from '../../../../src/operations/lists/iteration-index.ts';
import { createLooks } from '../../../../src/operations/looks/looks.ts';
import { createOperations } from '../../../../src/operations/operations.ts';
import { createPeopleRegister } from '../../../../src/operations/people/people-register.ts';
import { createFolderStore } from '../../../../src/storage/folder-store.ts';
import { openApiSite, TOKENS, type ApiSite } from '../../../kit/api-site.ts';
import { withReceipts } from '../../../kit/many-receipts.ts';
import { freePort } from '../../../kit/temporal/free-port.ts';

const RECEIPTS = 30;

let site: ApiSite;
let folder = '';
let close: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-away-'));
  const address = `127.0.0.1:${await freePort()}`;
  const temporal = lazyTemporal({ address, namespace: 'default', connectionOptions: {} });
  const { client } = temporal;
  close = temporal.close;
  const store = withReceipts(createFolderStore(folder), RECEIPTS);
  const index = createIterationIndex({ client, store });
  const looks = createLooks({ client, store });
  const people = createPeopleRegister({ client, store });
  site = await openApiSite(createOperations({ client, store }), { index, looks, people, store });
});
afterAll(async () => {
  await site.close();
  await close();
  await rm(folder, { recursive: true, force: true });
});

type Answer = Awaited<ReturnType<ApiSite['ask']>>;

const ask = async (at: string, token: string = TOKENS.operator): Promise<Answer> =>
  site.ask(token, 'GET', `/api/v1/iterations${at}`);

const RUNNING_ALONE = ['state=running', 'attention=true', 'step=wait', 'waitingFor=people'];
const PARTS = ['receipt', 'page', 'notes', 'training', 'verification', 'frames'];
const UNKNOWN = ['among=any&given=P7/another', 'among=any', 'among=running&given=P7/T7'];

/** Answers by what was asked, all at once: each waits for Temporal. */
const asked = new Map<string, Answer>();

beforeAll(async () => {
  const each = [
    '?limit=20',
    ...RUNNING_ALONE.map((query) => `?${query}`),
    ...['', ...PARTS.map((part) => `/${part}`)].map((part) => `/P7%2FT7${part}`),
    ...['among=any&given=P7/T7', ...UNKNOWN].map((query) => `/resolve?${query}`),
    '/P7%2Fanother',
  ];
  await Promise.all(each.map(async (at) => void asked.set(at, await ask(at))));
}, 60_000);

describe('while Temporal is away, the list', () => {
  it('has what is finished, page by page, and says that what runs is missing', async () => {
    const first = asked.get('?limit=20');
    const page = first?.json as ListPage;
    expect([first?.status, page.away, page.iterations.length]).toEqual([200, 'temporal', 20]);
    const second = (await ask(`?limit=20&cursor=${page.next}`)).json as ListPage;
    expect([second.away, second.next]).toEqual(['temporal', null]);
    const ids = [...page.iterations, ...second.iterations].map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([RECEIPTS, RECEIPTS]);
  });

  it('shows a token of one connection that one alone', async () => {
    const { iterations } = (await ask('', TOKENS.north)).json as ListPage;
    expect([...new Set(iterations.map(({ connection }) => connection))]).toEqual(['north']);
  });

  it('is refused where only what runs can be meant: an empty one would say that nothing does', () => {
    for (const query of RUNNING_ALONE) {
      expect(asked.get(`?${query}`)).toMatchObject({ status: 503, json: { code: 'TemporalUnreachable' } });
    }
  });

  it('says nothing of Temporal where only what is finished was asked for', async () => {
    const { status, json } = await ask('?state=done');
    expect([status, json]).toMatchObject([200, { truncated: false }]);
    expect(json).not.toHaveProperty('away');
  });

  it('is none for the command line: it would look as if nothing ran', async () => {
    const client = createApiClient({ url: site.url, token: { read: () => TOKENS.viewer }, user: 'tester' });
    await expect(remoteOperations(client).list()).rejects.toMatchObject({ code: 'TemporalUnreachable' });
  });
});

describe('while Temporal is away, a finished iteration', () => {
  it('is told from its receipt, with the word that Temporal is away and with the names that it may tell', () => {
    const receipt = { input: { people: ['person 7'] } };
    expect(asked.get('/P7%2FT7')).toMatchObject({
      status: 200,
      json: { id: 'P7/T7', state: 'done', away: 'temporal', status: null, receipt },
    });
  });

  it('is found by its id, and its parts that are in the store are told', () => {
    expect(asked.get('/resolve?among=any&given=P7/T7')?.json).toEqual({ id: 'P7/T7' });
    // The receipts of the test name files that are in no store; who looks for them has come past Temporal.
    expect(asked.get('/P7%2FT7/frames')?.json).toMatchObject({ code: 'ArtifactMissing' });
    const statuses = PARTS.map((part) => asked.get(`/P7%2FT7/${part}`)?.status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  });

  it('is not said to be unknown where it has no receipt: it may run', () => {
    expect(asked.get('/P7%2Fanother')).toMatchObject({ status: 503, json: { code: 'TemporalUnreachable' } });
    for (const query of UNKNOWN) expect(asked.get(`/resolve?${query}`)?.status).toBe(503);
  });
});
