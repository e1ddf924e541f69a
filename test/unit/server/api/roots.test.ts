import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listFolder } from '../../../../src/activities/looks/list-folder.ts';
import { referToFolder } from '../../../../src/activities/looks/refer-to-folder.ts';
import { longWork } from '../../../../src/server/api/long-work.ts';
import { openApiSite, TOKENS, type ApiSite } from '../../../kit/api-site.ts';

let site: ApiSite;
let dir = '';
const asked: string[] = [];

beforeEach(async () => {
  asked.length = 0;
  dir = await mkdtemp(path.join(tmpdir(), 'maskloop-offered-'));
  await mkdir(path.join(dir, 'data', 'masks'), { recursive: true });
  for (const name of ['a.png', 'b.png', 'c.png']) await writeFile(path.join(dir, 'data', 'masks', name), name);
  site = await openApiSite(
    {},
    {
      roots: [path.join(dir, 'data'), path.join(dir, 'gone')],
      folders: {
        list: async (request) => {
          asked.push(request.path);
          return listFolder({ kind: 'folder', ...request });
        },
        refer: async (request) => referToFolder({ kind: 'reference', ...request }, new AbortController().signal),
      },
    },
  );
});
afterEach(async () => {
  await site.close();
  await rm(dir, { recursive: true, force: true });
});

const get = async (what: string, query: Readonly<Record<string, string>> = {}, token: string = TOKENS.operator) =>
  site.ask(token, 'GET', `/api/v1/roots${what}?${new URLSearchParams(query).toString()}`);

describe('the folders that a server offers', () => {
  it('are told to those who may start, whatever their connections, and to nobody else', async () => {
    const roots = [path.join(dir, 'data'), path.join(dir, 'gone')];
    expect((await get('')).json).toEqual({ roots });
    expect((await get('', {}, TOKENS.north)).json).toEqual({ roots });
    for (const what of ['', '/folder', '/reference']) {
      expect((await get(what, what === '' ? {} : { path: roots[0] ?? '' }, TOKENS.lead)).status).toBe(403);
    }
  });

  it('are walked page by page, up to the offered folder and no further', async () => {
    const data = path.join(dir, 'data');
    expect((await get('/folder', { path: data })).json).toMatchObject({ path: data, parent: null, next: null });
    const masks = path.join(data, 'masks');
    const first = await get('/folder', { path: masks, limit: '2' });
    expect(first.json).toMatchObject({ parent: data, counts: { pngs: 3 }, next: 2, entries: [{ name: 'a.png' }, {}] });
    const last = await get('/folder', { path: `${masks}/../masks/`, from: '2', limit: '2' });
    expect(last.json).toMatchObject({ path: masks, next: null, entries: [{ name: 'c.png' }] });
  });

  it('are not left: no worker is asked of what lies elsewhere', async () => {
    for (const place of [
      dir,
      '/etc',
      path.join(dir, 'data') + '/../..',
      `${path.join(dir, 'data')}-of-others`,
      'etc',
    ]) {
      expect((await get('/folder', { path: place })).json).toMatchObject({ status: 403, code: 'FolderNotOffered' });
      expect((await get('/reference', { path: place })).json).toMatchObject({ status: 403, code: 'FolderNotOffered' });
    }
    expect(asked).toEqual([]);
  });

  it('say of one that no worker finds what is wrong', async () => {
    expect((await get('/folder', { path: path.join(dir, 'gone') })).json).toMatchObject({ code: 'UnreadableFile' });
  });

  it('are referred to as a start names them', async () => {
    const { json } = await get('/reference', { path: path.join(dir, 'data', 'masks') });
    expect(json).toMatchObject({ folder: { uri: `file://${path.join(dir, 'data', 'masks')}`, files: 3 } });
  });
});

describe('work that takes longer than a request', () => {
  it('goes on between two questions, is begun once, and tells its result once', async () => {
    const work = longWork<number>(1);
    let begun = 0;
    let end: (value: number) => void = () => undefined;
    const count = async (): Promise<number> => {
      begun += 1;
      return new Promise((resolve) => {
        end = resolve;
      });
    };
    expect([await work.ask('a', count), await work.ask('a', count)]).toEqual([null, null]);
    end(7);
    expect(await work.ask('a', count)).toEqual({ result: 7 });
    expect(begun).toBe(1);
    expect(await work.ask('a', count)).toBeNull();
    expect(begun).toBe(2);
    end(8);
  });

  it('that fails says so to whoever asks next, and is begun anew after that', async () => {
    const work = longWork<number>(1);
    let fail: (reason: Error) => void = () => undefined;
    const count = async (): Promise<number> =>
      new Promise((_, reject) => {
        fail = reject;
      });
    expect(await work.ask('a', count)).toBeNull();
    fail(new Error('broken'));
    await expect(work.ask('a', count)).rejects.toThrow('broken');
    expect(await work.ask('a', async () => 1)).toEqual({ result: 1 });
  });
});
