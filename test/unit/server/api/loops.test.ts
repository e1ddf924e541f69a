import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LoopInput, LoopPolicy, LoopStatus } from '../../../../src/contracts/loop.ts';
import { readLoopPolicy, storePolicy } from '../../../../src/loop-file/policy/stored-policy.ts';
import type { LoopOperations } from '../../../../src/operations/loops/loop-operations.ts';
import { openApiSite, TOKENS, type ApiSite } from '../../../kit/api-site.ts';
import { loopPolicy } from '../../../kit/loop-policy.ts';
import { exampleFolder, LEAST } from '../../loop-file/example.ts';

let folder: string;
let site: ApiSite;
let started: LoopInput[];
let standing: Pick<LoopStatus, 'policy' | 'edited'> | null;

beforeEach(async () => {
  folder = await exampleFolder();
  started = [];
  const start = async ({ loop }: { readonly loop: LoopInput }) => {
    started.push(loop);
    return { id: `~loop/${loop.project}/${loop.name}`, outcome: 'started', ends: false } as const;
  };
  const describeOne = async () => ({
    state: standing === null ? 'lost' : 'running',
    status: standing,
  });
  standing = null;
  site = await openApiSite(
    { loops: { start, describe: describeOne } as unknown as LoopOperations },
    { roots: [folder] },
  );
});
afterEach(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

async function post(what: string, body: unknown, token: string = TOKENS.operator) {
  const { status, json } = await site.ask(token, 'POST', `/api/v1/loops${what}`, { body });
  return { status, json: json as Record<string, unknown> };
}

/** The least file, with what it names below the offered folder. */
const text = (): string =>
  LEAST.replace('categories.json', path.join(folder, 'categories.json')).replace('frames', path.join(folder, 'frames'));

const policyOf = async (): Promise<LoopPolicy> => {
  const [loop] = started;
  if (loop === undefined) throw new Error('nothing was started');
  return readLoopPolicy(site.store, loop.policy);
};

describe('the text of a loop', () => {
  it('is told what it means, and nothing is stored', async () => {
    const { status, json } = await post('/check', { text: text() });
    expect([status, json['name'], json['project'], json['connection']]).toEqual([200, 'loop', 'P', 'default']);
    expect(json['means']).toContainEqual(['model', expect.stringContaining('segmentation')]);
    expect(await site.store.listNamed('')).toEqual([]);
  });

  it('is told all that is wrong with it, line by line', async () => {
    const { status, json } = await post('/check', { text: `${text()}batch: { size: 0 }\nnonsense: 1\n` });
    expect([status, json['code']]).toEqual([400, 'InvalidLoopFile']);
    const { problems } = json['facts'] as { problems: { line: number; path: string }[] };
    expect(problems.map(({ line }) => line)).toEqual(expect.arrayContaining([7, 8]));
  });

  it('starts a loop with a policy that is in the store', async () => {
    const { status, json } = await post('', { text: text() });
    expect([status, json]).toEqual([200, { id: '~loop/P/loop', outcome: 'started', ends: false }]);
    const policy = await policyOf();
    expect(policy).toMatchObject({ name: 'loop', project: 'P', batchSize: 5, pool: { kind: 'folder' } });
    const categories = Buffer.from(await site.store.get(policy.categories)).toString('utf8');
    expect(JSON.parse(categories)).toHaveLength(2);
  });

  it('leads to no file that is not offered, and does not tell whether there is one', async () => {
    const outside = `${folder}-outside`;
    await mkdir(outside);
    await writeFile(path.join(outside, 'there.json'), '[]');
    for (const file of ['there.json', 'not-there.json']) {
      const named = text().replace(path.join(folder, 'categories.json'), path.join(outside, file));
      const { status, json } = await post('/check', { text: named });
      expect([status, json['code']]).toEqual([403, 'FolderNotOffered']);
    }
    for (const named of ['../etc/passwd', 'categories.json', `${folder}/../${path.basename(outside)}/there.json`]) {
      const { json } = await post('', { text: text().replace(path.join(folder, 'categories.json'), named) });
      expect(json['code']).toBe('FolderNotOffered');
    }
    expect(started).toEqual([]);
    await rm(outside, { recursive: true });
  });

  it('is refused for a connection that the caller does not have, before anything is read', async () => {
    const { status, json } = await post('', { text: text() }, TOKENS.north);
    expect([status, json['code']]).toEqual([403, 'AccessDenied']);
    const own = await post('', { text: `${text()}connection: north\n` }, TOKENS.north);
    expect([own.status, started[0]?.connection]).toEqual([200, 'north']);
  });
});

describe('the policy of a loop in the store', () => {
  const loopOf = async (changes: Partial<LoopPolicy> = {}, connection = 'default'): Promise<{ loop: LoopInput }> => {
    const policy = await storePolicy(site.store, loopPolicy(changes));
    return { loop: { name: 'vessels', project: 'SurgVU', connection, policy } };
  };

  it('starts a loop where its folders are offered', async () => {
    const images = { uri: `file://${folder}/frames`, sha256: 'aa', files: 1 };
    const { status } = await post('', await loopOf({ pool: { kind: 'files', images } }));
    expect([status, started.length]).toEqual([200, 1]);
  });

  it('leads to no other folder', async () => {
    const away = { uri: 'file:///elsewhere', sha256: 'aa', files: 1 };
    for (const changes of [
      {},
      { pool: { kind: 'folder', uri: 'file:///elsewhere' } },
      { pool: { kind: 'datastore' }, firstMasks: { kind: 'folder', masks: away } },
    ] as const) {
      const { status, json } = await post('', await loopOf(changes));
      expect([status, json['code']]).toEqual([403, 'FolderNotOffered']);
    }
    expect(started).toEqual([]);
  });

  it('is not one of another connection in the guise of the own one', async () => {
    const { loop } = await loopOf({ pool: { kind: 'datastore' } }, 'north');
    const headers = { authorization: `Bearer ${TOKENS.north}`, 'content-type': 'application/octet-stream' };
    const body = await site.store.get(loop.policy);
    await fetch(`${site.url}/api/v1/files/${loop.policy.sha256}`, { method: 'PUT', headers, body: Buffer.from(body) });
    const { status } = await post('', { loop }, TOKENS.north);
    expect([status, started]).toEqual([403, []]);
  });

  it('has to be one', async () => {
    const policy = await site.store.put(Buffer.from('{}'));
    const loop = { name: 'vessels', project: 'SurgVU', connection: 'default', policy };
    expect(await post('', { loop })).toMatchObject({ status: 400, json: { code: 'InvalidLoopPolicy' } });
  });
});

describe('the file of a loop', () => {
  const fileOf = async (token: string) => site.ask(token, 'GET', '/api/v1/loops/default/P/loop/file');

  it('is for operators, and says what the loop does from its next iteration on', async () => {
    const [now, next] = await Promise.all(
      [2, 7].map(async (batchSize) => storePolicy(site.store, loopPolicy({ batchSize }))),
    );
    expect(await fileOf(TOKENS.operator)).toMatchObject({ status: 404, json: { code: 'LoopNotFound' } });
    standing = { policy: now as LoopInput['policy'], edited: null };
    expect(await fileOf(TOKENS.lead)).toMatchObject({ status: 403 });
    expect(await fileOf(TOKENS.north)).toMatchObject({ status: 403 });
    const { json } = await fileOf(TOKENS.operator);
    expect(json).toMatchObject({
      isEdited: false,
      policy: now?.sha256,
      text: expect.stringMatching(/^batch:\n {2}size: 2$/m),
    });
    standing = { policy: now as LoopInput['policy'], edited: next as LoopInput['policy'] };
    const { json: later } = await fileOf(TOKENS.operator);
    expect(later).toMatchObject({
      unsaid: ['batch.candidates'],
      isEdited: true,
      policy: next?.sha256,
      text: expect.stringMatching(/^batch:\n {2}size: 7$/m),
    });
  });

  it('may keep a folder that the loop reads already, and name no other one', async () => {
    const outside = `${folder}-outside`;
    const categories = await site.store.put(Buffer.from('[{"id":1,"name":"instrument"}]'));
    await Promise.all(['frames', 'other'].map(async (name) => mkdir(path.join(outside, name), { recursive: true })));
    const uri = pathToFileURL(path.join(outside, 'frames')).href;
    const policy = loopPolicy({ name: 'loop', project: 'P', categories, pool: { kind: 'folder', uri } });
    standing = { policy: await storePolicy(site.store, policy), edited: null };
    const { text: present } = (await fileOf(TOKENS.operator)).json as { text: string };
    expect(await post('/check', { text: present })).toMatchObject({ status: 200 });
    const other = present.replace(path.join(outside, 'frames'), path.join(outside, 'other'));
    expect(await post('/check', { text: other })).toMatchObject({ status: 403, json: { code: 'FolderNotOffered' } });
    await rm(outside, { recursive: true });
  });
});
