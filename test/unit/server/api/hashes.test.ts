import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IterationInput } from '../../../../src/contracts/iteration.ts';
import type { FolderRef } from '../../../../src/contracts/refs.ts';
import { hashBytes } from '../../../../src/storage/file-hash.ts';
import { TOKENS } from '../../../kit/api-site.ts';
import { CATEGORIES, MISSING, openHashSite, DONE, type HashSite } from '../../../kit/hash-site.ts';
import { iterationInput } from '../../../kit/iteration-input.ts';
import { zipped } from '../../../kit/zipped.ts';

let site: HashSite['site'];
let started: HashSite['started'];
let masks: HashSite['masks'];
let categories: HashSite['categories'];
let told: HashSite['told'];
let put: HashSite['put'];
let putFolder: HashSite['putFolder'];
let startWith: HashSite['startWith'];

beforeEach(async () => {
  ({ site, started, masks, categories, told, put, putFolder, startWith } = await openHashSite());
});
afterEach(async () => site.close());

describe('a folder in the store, asked for by its hash', () => {
  const folder = async (token: string, { uri }: { readonly uri: string }) =>
    site.ask(token, 'GET', `/api/v1/folders/${uri.slice(-64)}`);

  it('is to who sees one connection as if it were not there, in the same words, unless he has put it himself', async () => {
    expect((await folder(TOKENS.operator, masks)).json).toMatchObject({ files: 1 });
    const [hidden, absent] = [await folder(TOKENS.north, masks), await folder(TOKENS.north, { uri: 'f'.repeat(64) })];
    const plain = (text: string): string => text.replaceAll(/[0-9a-f]{64}/g, 'HASH');
    expect([hidden.status, plain(hidden.text)]).toEqual([404, plain(absent.text)]);
    expect(hidden.json).toMatchObject({
      code: 'FileUnknown',
      detail: expect.stringContaining('that you have put there or were shown since the server began'),
      action: expect.stringContaining('Put it into the store again'),
    });
    const { json } = await folder(TOKENS.operator, { uri: 'f'.repeat(64) });
    expect(json).toMatchObject({ code: 'ArtifactMissing' });
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

  it('is no such way either where the list is written in other letters of JSON, or with other members before', async () => {
    const [file] = [await put(TOKENS.operator, Buffer.from('a mask of the south'))];
    const files = [{ name: '0.png', ...file }];
    const plain = JSON.stringify({ schema: 'maskloop.files/1', files });
    for (const written of [
      plain.replace('files/1', String.raw`files\/1`),
      plain.replace('maskloop', String.raw`\u006daskloop`),
      `\uFEFF${plain}`.replace('files/1', String.raw`files\/1`),
      plain.replace('{', '{"schema":"other",').replace('files/1', String.raw`files\/1`),
    ]) {
      const manifest = await put(TOKENS.north, Buffer.from(written));
      const own = { uri: manifest.uri, sha256: 'ab'.repeat(32), files: 1, manifest };
      expect((await folder(TOKENS.north, own)).status).toBe(404);
      expect(await startWith({ masks: own, categories: await put(TOKENS.north, CATEGORIES) })).toEqual(MISSING);
    }
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
    expect(await startWith({ masks: own, categories: await put(TOKENS.north, CATEGORIES) })).toEqual(DONE);
  });

  it('may name what the server has told him, and what he has sent in a zip file', async () => {
    expect(await startWith({ categories: told })).toEqual(MISSING);
    await site.ask(TOKENS.north, 'GET', '/api/v1/project-categories?connection=north&project=P');
    expect(await startWith({ categories: told })).toEqual(DONE);
    const bytes = await zipped({ 'a.png': 'a' });
    const part = hashBytes(bytes);
    const headers = { authorization: `Bearer ${TOKENS.north}`, 'content-type': 'application/octet-stream' };
    await fetch(`${site.url}/api/v1/uploads/${part}`, { method: 'PUT', headers, body: bytes });
    const unpacked = await site.ask(TOKENS.north, 'POST', '/api/v1/uploads/unpack', { body: { parts: [part] } });
    const { folder } = unpacked.json as { folder: FolderRef };
    expect(await startWith({ categories: told, masks: folder })).toEqual(DONE);
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
