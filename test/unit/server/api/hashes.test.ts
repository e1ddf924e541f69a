import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IterationInput } from '../../../../src/contracts/iteration.ts';
import type { LoopInput, LoopPolicy } from '../../../../src/contracts/loop.ts';
import type { ArtifactRef, FolderRef } from '../../../../src/contracts/refs.ts';
import { storePolicy } from '../../../../src/loop-file/policy/stored-policy.ts';
import type { LoopOperations } from '../../../../src/operations/loops/loop-operations.ts';
import { hashBytes } from '../../../../src/storage/file-hash.ts';
import { openApiSite, TOKENS, type ApiSite } from '../../../kit/api-site.ts';
import { iterationInput } from '../../../kit/iteration-input.ts';
import { loopPolicy } from '../../../kit/loop-policy.ts';
import { zipped } from '../../../kit/zipped.ts';
import { sampleView } from '../../cli/fake-context.ts';

const CATEGORIES = Buffer.from('[{"id":1,"name":"instrument"}]');

let site: ApiSite;
let started: unknown[] = [];
let told: ArtifactRef = { uri: '', sha256: '', bytes: 0 };
let policy: ArtifactRef | null = null;
/** What somebody who sees everything has put. */
let masks: FolderRef;
let categories: ArtifactRef;

beforeEach(async () => {
  [started, policy] = [[], null];
  const note = async (request: { readonly loop?: LoopInput }) => {
    started.push(request);
    return { id: '~loop/north/P/loop', outcome: 'started', ends: false } as const;
  };
  const plan = async () => ({ number: 1, task: 'T', begins: 'nothing', chosen: null, tooFew: null, iteration: null });
  const describeLoop = async () => {
    const status = policy === null ? null : { ...STATUS, policy, edited: null };
    return { ...LOOP, state: 'running', workerAnswers: true, status, iteration: null, activities: [], chosen: [] };
  };
  site = await openApiSite({
    resolve: async (given) => given ?? '',
    describe: async (id) => sampleView({ id }),
    start: async (request) => {
      started.push(request);
      return { id: 'north/P/T', outcome: 'started' };
    },
    projectCategories: async () => ({ categories: told, rows: [], classes: 0 }),
    loops: { start: note, plan, describe: describeLoop } as unknown as LoopOperations,
  });
  categories = await put(TOKENS.operator, CATEGORIES);
  masks = await putFolder(TOKENS.operator, [await put(TOKENS.operator, Buffer.from('a mask of the south'))]);
  told = await site.store.put(Buffer.from('[{"id":1,"name":"of the project"}]'));
});
afterEach(async () => site.close());

const LOOP = { id: '~loop/north/P/loop', name: 'loop', project: 'P', connection: 'north' };
const STATUS = {
  ...LOOP,
  number: 1,
  phase: 'iterating',
  since: '',
  startedAt: '',
  paused: false,
  iteration: null,
  pace: 'continuous',
  end: null,
  begin: null,
  trouble: null,
  rests: null,
  findings: [],
  events: [],
  choices: [],
};

async function put(token: string, content: Buffer): Promise<ArtifactRef> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
  const at = `${site.url}/api/v1/files/${hashBytes(content)}`;
  return (await (await fetch(at, { method: 'PUT', headers, body: content })).json()) as ArtifactRef;
}

/** A folder of these files, whoever has put them. */
async function putFolder(token: string, files: readonly ArtifactRef[]): Promise<FolderRef> {
  const named = files.map((file, index) => ({ name: `${index}.png`, ...file }));
  const manifest = await put(token, Buffer.from(JSON.stringify({ schema: 'maskloop.files/1', files: named })));
  return { uri: manifest.uri, sha256: 'ab'.repeat(32), files: files.length, manifest };
}

const startWith = async (changes: Partial<IterationInput>, what = '') => {
  const input = { ...iterationInput({ connection: 'north' }), masks: null, ...changes };
  const body = what === '' ? { input, again: false } : { input };
  const { status, json } = await site.ask(TOKENS.north, 'POST', `/api/v1/iterations${what}`, { body });
  return [status, (json as { code?: string }).code];
};
const MISSING = [404, 'ArtifactMissing'];
const STARTED = [200, undefined];

describe('a folder in the store, asked for by its hash', () => {
  const folder = async (token: string, { uri }: { readonly uri: string }) =>
    site.ask(token, 'GET', `/api/v1/folders/${uri.slice(-64)}`);

  it('is to who sees one connection as if it were not there, in the same words, unless he has put it himself', async () => {
    expect((await folder(TOKENS.operator, masks)).json).toMatchObject({ files: 1 });
    const [hidden, absent] = [await folder(TOKENS.north, masks), await folder(TOKENS.north, { uri: 'f'.repeat(64) })];
    const plain = (text: string): string => text.replaceAll(/[0-9a-f]{64}/g, 'HASH');
    expect([hidden.status, plain(hidden.text)]).toEqual([404, plain(absent.text)]);
    const own = await putFolder(TOKENS.north, [await put(TOKENS.north, Buffer.from('a mask of the north'))]);
    expect((await folder(TOKENS.north, own)).json).toMatchObject({ files: 1 });
  });

  it('is no way to files of others by an own list of them', async () => {
    const [file] = [await put(TOKENS.operator, Buffer.from('a mask of the south'))];
    const own = await putFolder(TOKENS.north, [file]);
    expect((await folder(TOKENS.north, own)).status).toBe(404);
    expect(await startWith({ masks: own, categories: await put(TOKENS.north, CATEGORIES) })).toEqual(MISSING);
    expect(started).toEqual([]);
  });

  it('that is not there is told without the place of the store', async () => {
    for (const at of ['folders', 'files']) {
      const { status, text } = await site.ask(TOKENS.operator, 'GET', `/api/v1/${at}/${'f'.repeat(64)}`);
      expect([status, text.includes(site.store.address)]).toEqual([404, false]);
    }
  });
});

describe('a start by who sees one connection', () => {
  it('may name nothing that others have put, wherever it stands in it', async () => {
    const own = await put(TOKENS.north, Buffer.from('[{"id":1,"name":"own"}]'));
    const training = { ...iterationInput().training, model: 'm', maxEpochs: null, heldOutFraction: 0.1 };
    const cases: readonly Partial<IterationInput>[] = [
      { categories },
      { categories: own, masks },
      { categories: own, images: masks },
      { categories: own, compareWith: masks },
      { categories: own, share: { list: categories } },
      { categories: own, training: { ...training, heldOut: { kind: 'names', list: categories } } },
      { categories: own, training: { ...training, heldOut: { kind: 'folder', images: masks, masks } } },
      { categories: { ...categories, uri: own.uri } },
      { categories: { ...own, uri: categories.uri } },
    ];
    for (const one of cases) {
      expect([one, await startWith(one)]).toEqual([one, MISSING]);
      expect([one, await startWith(one, '/plan')]).toEqual([one, MISSING]);
    }
    expect(started).toEqual([]);
  });

  it('may name what he has put, also where others have put the same', async () => {
    const file = await put(TOKENS.north, Buffer.from('a mask of the south'));
    const own = await putFolder(TOKENS.north, [file]);
    expect(await startWith({ masks: own, categories: await put(TOKENS.north, CATEGORIES) })).toEqual(STARTED);
  });

  it('may name what the server has told him, and what he has sent in a zip file', async () => {
    expect(await startWith({ categories: told })).toEqual(MISSING);
    await site.ask(TOKENS.north, 'GET', '/api/v1/project-categories?connection=north&project=P');
    expect(await startWith({ categories: told })).toEqual(STARTED);
    const bytes = await zipped({ 'a.png': 'a' });
    const part = hashBytes(bytes);
    const headers = { authorization: `Bearer ${TOKENS.north}`, 'content-type': 'application/octet-stream' };
    await fetch(`${site.url}/api/v1/uploads/${part}`, { method: 'PUT', headers, body: bytes });
    const unpacked = await site.ask(TOKENS.north, 'POST', '/api/v1/uploads/unpack', { body: { parts: [part] } });
    const { folder } = unpacked.json as { folder: FolderRef };
    expect(await startWith({ categories: told, masks: folder })).toEqual(STARTED);
  });

  it('may not name what the server only repeats: a note, or what was refused and written down', async () => {
    const notes = '/api/v1/iterations/north%2FP%2FT/notes';
    await site.ask(TOKENS.north, 'POST', notes, { body: { text: JSON.stringify(categories) } });
    expect((await site.ask(TOKENS.north, 'GET', notes)).text).toContain(categories.sha256);
    expect(await startWith({ categories })).toEqual(MISSING);
    await site.ask(TOKENS.north, 'GET', '/api/v1/audit');
    expect(await startWith({ categories })).toEqual(MISSING);
  });
});

describe('a loop of who sees one connection', () => {
  const post = async (what: string, body: unknown) => {
    const { status, json } = await site.ask(TOKENS.north, 'POST', `/api/v1/loops${what}`, { body });
    return [status, (json as { code?: string }).code];
  };
  const text = (more: Readonly<Record<string, string>>): string =>
    Object.entries({
      connection: 'north',
      name: 'loop',
      project: 'P',
      categories: 'cvat',
      batch: '{ size: 5 }',
      pool: '{ images: datastore }',
      training: '{ model: m }',
      ...more,
    })
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n');
  const loopOf = async (changes: Partial<LoopPolicy>): Promise<{ readonly loop: LoopInput; readonly own: Buffer }> => {
    const pool = { kind: 'datastore' } as const;
    const ref = await storePolicy(site.store, loopPolicy({ ...LOOP, pool, ...changes }));
    const { id: _, ...place } = LOOP;
    return { loop: { ...place, policy: ref }, own: Buffer.from(await site.store.get(ref)) };
  };

  it('may name nothing of others in its text', async () => {
    for (const named of [
      { categories: categories.uri },
      { pool: `{ images: "${masks.uri}" }` },
      { masks: `{ first: "${masks.uri}" }` },
      { masks: `{ labelMap: "${categories.uri}" }` },
      { training: `{ model: m, heldOut: "${categories.uri}" }` },
      { training: `{ model: m, heldOutImages: "${masks.uri}", heldOutMasks: "${masks.uri}" }` },
    ]) {
      for (const what of ['/check', '/plan', '', '/edit']) {
        expect([named, what, await post(what, { text: text(named) })]).toEqual([named, what, MISSING]);
      }
    }
    const own = await put(TOKENS.north, CATEGORIES);
    expect(await post('/check', { text: text({ categories: own.uri }) })).toEqual(STARTED);
  });

  it('may have no policy of others, nor an own one that names what is theirs', async () => {
    const { loop, own } = await loopOf({ categories });
    for (const what of ['/plan', '', '/plan', '/edit']) expect(await post(what, { loop })).toEqual(MISSING);
    await put(TOKENS.north, own);
    for (const what of ['/plan', '', '/plan', '/edit']) expect(await post(what, { loop })).toEqual(MISSING);
    expect(started).toEqual([]);
    await put(TOKENS.north, CATEGORIES);
    expect(await post('', { loop })).toEqual(STARTED);
  });

  it('may have the policy that the server has told him', async () => {
    const { loop } = await loopOf({ categories });
    policy = loop.policy;
    await site.ask(TOKENS.north, 'GET', '/api/v1/loops/north/P/loop');
    expect(await post('', { loop })).toEqual(STARTED);
  });

  it('may keep in its text what it reads already', async () => {
    policy = (await loopOf({ categories })).loop.policy;
    expect(await post('/check', { text: text({ categories: categories.uri }) })).toEqual(STARTED);
  });

  it('reads no file of the machine by a policy that names it as an artifact', async () => {
    const { loop } = await loopOf({ categories: { ...categories, uri: 'file:///etc/passwd' } });
    const { status, json } = await site.ask(TOKENS.operator, 'POST', '/api/v1/loops', { body: { loop } });
    expect([status, json]).toMatchObject([403, { code: 'FolderNotOffered' }]);
  });
});
