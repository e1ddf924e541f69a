import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addNote, listNotes } from '../../../src/api/endpoints/notes.ts';
import { login } from '../../../src/api/endpoints/session.ts';
import { FAILURES } from '../../../src/contracts/failures.ts';
import { ask } from '../../../web/src/requests/ask.ts';
import { problemOf } from '../../../web/src/states/problem-of.ts';

const params = { id: 'SurgVU/Batch 7' };
const change = async () => ask(addNote, { params, body: { text: 'Bleeding.' } });
const read = async () => ask(listNotes, { params }, undefined, true);

/** What a page says of a request that fails. */
async function said(request: () => Promise<unknown>): Promise<{ readonly code: string; readonly action: string }> {
  const error: unknown = await request().then(
    () => null,
    (reason: unknown) => reason,
  );
  const { code, action } = problemOf(error);
  return { code, action };
}

describe('what a page says where nobody answers', () => {
  const realFetch = globalThis.fetch;
  let answer: { readonly status: number; readonly body: string } = { status: 502, body: 'Bad gateway' };
  let server: Server;
  let base = '';
  beforeEach(async () => {
    server = createServer((_, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/problem+json' }).end(answer.body);
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // A page asks its own server; outside of a browser an address has to be whole.
    globalThis.fetch = async (address, init) => {
      if (typeof address !== 'string') throw new Error('a page asks an address');
      return realFetch(base + address, init).catch(() => {
        // Of this realm, as a browser's are.
        throw new TypeError('Failed to fetch');
      });
    };
  });
  afterEach(async () => {
    globalThis.fetch = realFetch;
    await new Promise((resolve) => void server.close(resolve));
  });

  it.each([
    ['nobody listens', async () => void server.close()],
    ['only a proxy answers', async () => undefined],
  ])('of a change: that it may be done, is not tried again, and that one looks first, where %s', async (_, happens) => {
    await happens();
    const { code, action } = await said(change);
    expect(code).toBe('ServerUnreachable');
    expect(action).toMatch(/^It is not known whether it was done.*look whether it was; if not, press again.*stays/);
    expect(action).not.toMatch(/tries again by itself/);
  });

  it('of what is read: that it is tried again by itself', async () => {
    expect((await said(read)).action).toMatch(/this page tries again by itself/);
  });

  it('of a login: that it is to be done again, and nothing of a look', async () => {
    const { action } = await said(async () => ask(login, { body: { token: 't' } }));
    expect(action).toBe('It is not tried again by itself: press again once the server is back.');
  });

  it('of a change that the server passes on to somebody who is away: that it may be done', async () => {
    const { action } = FAILURES.StoreUnreachable;
    const known = { type: 'urn:maskloop:failure:StoreUnreachable', title: 'Away.', detail: 'Away.', facts: {} };
    answer = { status: 503, body: JSON.stringify({ ...known, status: 503, code: 'StoreUnreachable', action }) };
    expect((await said(change)).action).toBe(
      `${action} It is not known whether it was done: look before you press again.`,
    );
    expect((await said(read)).action).toBe(action);
  });
});
