import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { caught } from './caught.ts';
import { client } from './http-client.ts';
import { servers } from './scripted-server.ts';

const { open, closeAll } = servers();
afterEach(closeAll);

describe('answers', () => {
  it.each([
    [400, 'CvatRejected'],
    [401, 'CvatLoginRefused'],
    [403, 'CvatForbidden'],
    [404, 'CvatRejected'],
    [408, 'CvatUnreachable'],
    [409, 'CvatRejected'],
    [429, 'CvatUnreachable'],
    [500, 'CvatUnreachable'],
    [503, 'CvatUnreachable'],
    [304, 'CvatUnexpectedAnswer'],
  ])('maps status %i to %s', async (status, code) => {
    const server = await open(() => ({ status, ...(status === 304 ? {} : { json: { detail: 'Because.' } }) }));
    const error = await caught(client(server.url).send({ method: 'PATCH', path: '/api/jobs/5', json: {} }));
    expect(error.code).toBe(code);
    expect(error.facts).toMatchObject({ method: 'PATCH', path: '/api/jobs/5', status });
  });

  it('says what was asked and what was answered, and keeps the id of the request', async () => {
    const reply = {
      status: 400,
      json: { state: ['"done" is not a valid choice.'] },
      headers: { 'x-request-id': 'r-1' },
    };
    const server = await open(() => reply);
    const error = await caught(client(server.url).send({ method: 'PATCH', path: '/api/jobs/5', json: {} }));
    expect(error.message).toBe('PATCH /api/jobs/5 answered 400: state: "done" is not a valid choice.');
    expect(error.facts['requestId']).toBe('r-1');
  });

  it('returns a status that the caller allows', async () => {
    const server = await open(() => ({ status: 409, json: { rq_id: 'x' } }));
    const answer = await client(server.url).send({ method: 'POST', path: '/', allow: [409] });
    expect([answer.status, answer.json()]).toEqual([409, { rq_id: 'x' }]);
  });

  it('reads Retry-After into milliseconds', async () => {
    const server = await open(() => ({ status: 429, headers: { 'retry-after': '7' } }));
    expect((await caught(client(server.url).send({ method: 'GET', path: '/' }))).retryAfterMs).toBe(7000);
  });

  it('undoes gzip, also of an error', async () => {
    const body = gzipSync(JSON.stringify({ detail: 'No Task matches the given query.' }));
    const server = await open(({ path }) => ({
      status: path === '/ok' ? 200 : 404,
      headers: { 'content-encoding': 'gzip' },
      body,
    }));
    const http = client(server.url);
    expect((await http.send({ method: 'GET', path: '/ok' })).json()).toEqual({
      detail: 'No Task matches the given query.',
    });
    expect((await caught(http.send({ method: 'GET', path: '/no' }))).facts['answer']).toBe(
      'No Task matches the given query.',
    );
    expect(server.seen[0]?.headers['accept-encoding']).toBe('gzip');
  });

  it('takes a cut gzip body for an outage, not for data', async () => {
    const body = gzipSync(JSON.stringify({ many: 'words '.repeat(50) })).subarray(0, 30);
    const server = await open(() => ({ headers: { 'content-encoding': 'gzip' }, body }));
    expect((await caught(client(server.url).send({ method: 'GET', path: '/' }))).code).toBe('CvatUnreachable');
  });

  it('names the page when a success is not JSON', async () => {
    const server = await open(() => ({
      body: '<!DOCTYPE html><html><head><title>Welcome to nginx!</title></head></html>',
    }));
    const answer = await client(server.url).send({ method: 'GET', path: '/api/tasks?x=1' });
    expect(() => answer.json()).toThrow(
      'GET /api/tasks answered 200 with a body that is not JSON: HTML page "Welcome to nginx!"',
    );
  });
});
