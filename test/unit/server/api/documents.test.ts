import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApiSite, TOKENS, type ApiSite } from '../../../kit/api-site.ts';

const HASH = 'b'.repeat(64);

let server: ApiSite;
beforeAll(async () => {
  server = await openApiSite({});
  const names = ['receipts/Other/T.json', 'receipts/P/T.json', 'receipts/P/T~2.json', `tombstones/${HASH}`];
  for (const name of names) await server.store.putNamed(name, Buffer.from(`{"of":"${name}"}`));
  await server.store.putNamed('loops/P/x/secret', Buffer.from('no business of anybody'));
});
afterAll(async () => server.close());

describe('documents of the store', () => {
  const ask = (path: string) => server.ask(TOKENS.operator, 'GET', `/api/v1/documents/${path}`);

  it('are listed page by page', async () => {
    const all = (await ask('receipts')).json as { names: string[]; next: null };
    expect(all).toEqual({
      names: ['Other/T.json', 'P/T.json', 'P/T~2.json'],
      next: null,
    });
    const first = (await ask('receipts?limit=2')).json as { names: string[]; next: string };
    expect(first).toEqual({ names: all.names.slice(0, 2), next: all.names[1] });
    const rest = (await ask(`receipts?limit=2&after=${encodeURIComponent(first.next)}`)).json;
    expect(rest).toEqual({ names: all.names.slice(2), next: null });
  });

  it('are read byte for byte', async () => {
    expect((await ask('receipts/P%2FT~2.json')).text).toBe('{"of":"receipts/P/T~2.json"}');
  });

  it('are of a few kinds, and nothing else of the store is read by a name', async () => {
    for (const path of [
      'loops',
      'audit',
      'loops/P%2Fx%2Fsecret',
      'receipts/..%2Floops%2FP%2Fx%2Fsecret',
      'receipts/%2Floops%2FP%2Fx%2Fsecret',
      `tombstones/${HASH}`,
    ]) {
      const { status, text } = await ask(path);
      expect([path, status]).toEqual([path, 400]);
      expect(text).not.toContain('no business');
    }
    expect((await ask('receipts/P%2Fnone.json')).status).toBe(404);
  });
});

describe('files of the store', () => {
  it('are there or not, whatever they hold', async () => {
    const { sha256 } = await server.store.put(Buffer.from('a file'));
    const asked = { body: { sha256: [HASH, sha256] } };
    expect((await server.ask(TOKENS.operator, 'POST', '/api/v1/files/held', asked)).json).toEqual({ held: [sha256] });
  });
});
