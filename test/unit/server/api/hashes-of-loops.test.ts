import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { throughServer } from '../../../../src/api-client/through-server.ts';
import { runCli } from '../../../../src/cli/run-cli.ts';
import type { LoopInput, LoopPolicy } from '../../../../src/contracts/loop.ts';
import { storePolicy } from '../../../../src/loop-file/policy/stored-policy.ts';
import { TOKENS } from '../../../kit/api-site.ts';
import { CATEGORIES, MISSING, LOOP, openHashSite, DONE, type HashSite } from '../../../kit/hash-site.ts';
import { fakeTerminal } from '../../cli/fake-context.ts';
import { loopPolicy } from '../../../kit/loop-policy.ts';

let site: HashSite['site'];
let started: HashSite['started'];
let masks: HashSite['masks'];
let categories: HashSite['categories'];
let put: HashSite['put'];
let putFolder: HashSite['putFolder'];
let startWith: HashSite['startWith'];
let follow: HashSite['follow'];

beforeEach(async () => {
  ({ site, started, masks, categories, put, putFolder, startWith, follow } = await openHashSite());
});
afterEach(async () => site.close());

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
    expect(await post('/check', { text: text({ categories: own.uri }) })).toEqual(DONE);
  });

  it('may have no policy of others, nor an own one that names what is theirs', async () => {
    const { loop, own } = await loopOf({ categories });
    for (const what of ['/plan', '', '/plan', '/edit']) expect(await post(what, { loop })).toEqual(MISSING);
    await put(TOKENS.north, own);
    for (const what of ['/plan', '', '/plan', '/edit']) expect(await post(what, { loop })).toEqual(MISSING);
    expect(started).toEqual([]);
    await put(TOKENS.north, CATEGORIES);
    expect(await post('', { loop })).toEqual(DONE);
  });

  it('may have no own policy told by an iteration that names it as something else', async () => {
    const { loop, own } = await loopOf({ categories });
    await put(TOKENS.north, own);
    expect(await startWith({ categories: loop.policy })).toEqual(MISSING);
    expect(started).toEqual([]);
  });

  it('may have no own policy that names an own list of files of others', async () => {
    const list = await putFolder(TOKENS.north, [await put(TOKENS.operator, Buffer.from('a mask of the south'))]);
    const { loop, own } = await loopOf({
      categories: await put(TOKENS.north, Buffer.from('[{"id":1,"name":"own"}]')),
      pool: { kind: 'files', images: list },
    });
    await put(TOKENS.north, own);
    expect(await startWith({ categories: loop.policy })).toEqual(MISSING);
    expect(await post('', { loop })).toEqual(MISSING);
  });

  it('may have the policy that the server has told him', async () => {
    const { loop } = await loopOf({ categories });
    follow(loop.policy);
    await site.ask(TOKENS.north, 'GET', '/api/v1/loops/north/P/loop');
    expect(await post('', { loop })).toEqual(DONE);
  });

  it('may name again what it reads, after somebody has looked at it', async () => {
    const asked = async () => site.ask(TOKENS.north, 'GET', `/api/v1/folders/${masks.uri.slice(-64)}`);
    follow((await loopOf({ pool: { kind: 'files', images: masks } })).loop.policy);
    expect((await asked()).json).toMatchObject({ code: 'FileUnknown' });
    await site.ask(TOKENS.north, 'GET', '/api/v1/loops/north/P/loop');
    expect((await asked()).json).toMatchObject({ files: 1 });
  });

  it('is edited from the command line by a file that keeps its folders in the store', async () => {
    follow((await loopOf({ pool: { kind: 'files', images: masks } })).loop.policy);
    const dir = await mkdtemp(join(tmpdir(), 'maskloop-edit-'));
    const file = join(dir, 'maskloop.yaml');
    await writeFile(file, text({ pool: `{ images: "${masks.uri}" }` }));
    const client = { url: site.url, token: { read: () => TOKENS.north }, user: 'north' };
    const { operations, describeFolder, putArtifact } = throughServer(client);
    const terminal = fakeTerminal({
      connect: async () => ({ operations, close: async () => undefined }),
      describeFolder,
      putArtifact,
    });
    const code = await runCli(['loop', 'edit', file], terminal.context);
    await rm(dir, { recursive: true });
    expect([code, terminal.stderr()]).toEqual([0, expect.stringContaining('changes')]);
  });

  it('may keep in its text what it reads already', async () => {
    follow((await loopOf({ categories })).loop.policy);
    expect(await post('/check', { text: text({ categories: categories.uri }) })).toEqual(DONE);
  });

  it('reads no file of the machine by a policy that names it as an artifact', async () => {
    const { loop } = await loopOf({ categories: { ...categories, uri: 'file:///etc/passwd' } });
    const { status, json } = await site.ask(TOKENS.operator, 'POST', '/api/v1/loops', { body: { loop } });
    expect([status, json]).toMatchObject([403, { code: 'FolderNotOffered' }]);
  });
});
