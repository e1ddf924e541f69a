import { once } from 'node:events';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { StreamedBody } from '../../../src/http/http.ts';
import { caught } from './caught.ts';
import { client } from './http-client.ts';
import { servers } from './scripted-server.ts';

const { open, closeAll } = servers();
afterEach(closeAll);

describe('connections', () => {
  it('keeps connections for the requests that follow', async () => {
    const server = await open(() => ({ json: {} }));
    const http = client(server.url);
    for (let i = 0; i < 20; i += 1) await http.send({ method: 'GET', path: `/${i}` });
    expect(new Set(server.seen.map(({ socket }) => socket)).size).toBeLessThanOrEqual(2);
  });

  it('opens one connection a request when asked to', async () => {
    const server = await open(() => ({ json: {} }));
    const http = client(server.url, { oneConnectionPerRequest: true });
    for (let i = 0; i < 3; i += 1) await http.send({ method: 'GET', path: `/${i}` });
    expect(new Set(server.seen.map(({ socket }) => socket)).size).toBe(3);
    expect(server.seen.map(({ headers }) => headers.connection)).toEqual(['close', 'close', 'close']);
  });

  it('sends a GET once more when the connection breaks, and a POST never', async () => {
    const server = await open(({ socket }) => {
      if (server.seen.length === 1) socket.destroy();
      return server.seen.length === 1 ? undefined : { json: { tries: server.seen.length } };
    });
    const http = client(server.url, { oneConnectionPerRequest: true });
    expect((await http.send({ method: 'GET', path: '/a' })).json()).toEqual({ tries: 2 });
    server.seen.length = 0;
    const error = await caught(http.send({ method: 'POST', path: '/a', json: {} }));
    expect(error.code).toBe('CvatUnreachable');
    expect(server.seen).toHaveLength(1);
  });

  it('gives up after two broken connections', async () => {
    const server = await open(({ socket }) => {
      socket.destroy();
      return undefined;
    });
    const error = await caught(client(server.url).send({ method: 'GET', path: '/a?key=hidden' }));
    expect(server.seen).toHaveLength(2);
    expect(error).toMatchObject({
      code: 'CvatUnreachable',
      facts: { method: 'GET', path: '/a', reason: 'UND_ERR_SOCKET' },
    });
  });

  it('names a refused connection', async () => {
    const server = await open(() => ({}));
    await server.close();
    const error = await caught(client(server.url).send({ method: 'GET', path: '/api' }));
    expect(error.message).toBe(`GET /api was not answered by ${server.url}: connection refused (ECONNREFUSED)`);
  });
});

describe('silence', () => {
  it('ends a request whose answer does not begin in time', async () => {
    const server = await open(() => undefined);
    const error = await caught(
      client(server.url, { timeouts: { headersMs: 100 } }).send({ method: 'GET', path: '/slow' }),
    );
    expect(error.facts['reason']).toBe('UND_ERR_HEADERS_TIMEOUT');
    expect(server.seen).toHaveLength(1);
  });

  it('ends a request whose answer stops midway', async () => {
    const server = await open((_, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('half');
      return undefined;
    });
    const error = await caught(
      client(server.url, { timeouts: { bodyMs: 100 } }).send({ method: 'GET', path: '/slow' }),
    );
    expect(error.facts['reason']).toBe('UND_ERR_BODY_TIMEOUT');
  });

  it('rejects with the reason of the signal when aborted, before and during a request', async () => {
    const server = await open(() => undefined);
    const http = client(server.url);
    const reason = new Error('cancelled by the caller');
    await expect(http.send({ method: 'GET', path: '/', signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.seen).toHaveLength(0);
    const controller = new AbortController();
    const pending = http.send({ method: 'GET', path: '/', signal: controller.signal });
    setTimeout(() => controller.abort(reason), 50);
    await expect(pending).rejects.toBe(reason);
  });
});

describe('secrets', () => {
  it('never follows a redirect, so that another host gets no credentials', async () => {
    const other = await open(() => ({ json: {} }));
    const server = await open(() => ({ status: 302, headers: { location: `${other.url}/login?token=hidden` } }));
    const http = client(server.url, { headers: async () => ({ authorization: 'Token hidden' }) });
    const error = await caught(http.send({ method: 'GET', path: '/api/tasks' }));
    expect(other.seen).toHaveLength(0);
    expect(error.message).toBe(`GET /api/tasks answered 302: a redirect to ${other.url}/login, which is not followed`);
  });

  it('keeps headers and queries out of messages, facts and causes', async () => {
    const server = await open(({ path, socket }) => {
      if (!path.startsWith('/break')) return { status: 500, body: 'Server Error' };
      socket.destroy();
      return undefined;
    });
    const http = client(server.url, { headers: async () => ({ authorization: 'Bearer hidden-token' }) });
    for (const path of ['/fail?key=hidden-query', '/break?key=hidden-query']) {
      const error = await caught(http.send({ method: 'GET', path }));
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('hidden');
    }
  });
});

describe('requests', () => {
  it('puts the path behind that of the base url and leaves percent-encoding alone', async () => {
    const server = await open(() => ({ json: {} }));
    const http = client(`${server.url}/behind/proxy/`);
    await http.send({ method: 'GET', path: '/api/requests/action%3Dimport%26x' });
    expect(server.seen[0]?.path).toBe('/behind/proxy/api/requests/action%3Dimport%26x');
    expect(http.baseUrl).toBe(`${server.url}/behind/proxy`);
  });

  it('lets the headers of a request win over those of the client, whatever their case', async () => {
    const server = await open(() => ({ json: {} }));
    const http = client(server.url, { headers: async () => ({ Accept: 'a', 'X-One': '1' }) });
    await http.send({ method: 'GET', path: '/', headers: { accept: 'b' } });
    expect(server.seen[0]?.headers).toMatchObject({ accept: 'b', 'x-one': '1' });
  });

  it('streams a body of known length, and makes it anew for the second try', async () => {
    let made = 0;
    const stream: StreamedBody = {
      contentType: 'text/plain',
      bytes: 6,
      async *chunks() {
        made += 1;
        yield Buffer.from('abc');
        yield Buffer.from('def');
      },
    };
    const server = await open(({ socket }) => {
      if (server.seen.length === 1) socket.destroy();
      return server.seen.length === 1 ? undefined : {};
    });
    await client(server.url).send({ method: 'PUT', path: '/', stream, repeatable: true });
    expect(made).toBe(2);
    expect(server.seen[1]?.body.toString()).toBe('abcdef');
    expect(server.seen[1]?.headers).toMatchObject({ 'content-length': '6', 'content-type': 'text/plain' });
    expect(server.seen[1]?.headers['transfer-encoding']).toBeUndefined();
  });

  it('lets the failure of its own source through as it is', async () => {
    const problem = new Error('the disk is gone');
    const stream: StreamedBody = {
      contentType: 'text/plain',
      bytes: 6,
      async *chunks() {
        yield Buffer.from('abc');
        throw problem;
      },
    };
    const server = await open(() => ({}));
    await expect(client(server.url).send({ method: 'POST', path: '/', stream })).rejects.toBe(problem);
  });

  it('lets a failure to find the headers through as it is', async () => {
    const problem = new Error('no such file');
    const http = client('http://127.0.0.1:1', { headers: () => Promise.reject(problem) });
    await expect(http.send({ method: 'GET', path: '/' })).rejects.toBe(problem);
  });

  it('refuses a base url that is not http', () => {
    expect(() => client('ftp://server.test')).toThrow(TypeError);
  });

  it('leaves no connection open after its last answer when each request has its own', async () => {
    const server = await open(() => ({ json: {} }));
    await client(server.url, { oneConnectionPerRequest: true }).send({ method: 'GET', path: '/' });
    const socket = server.seen[0]?.socket;
    if (socket?.destroyed === false) await once(socket, 'close');
    expect(socket?.destroyed).toBe(true);
  });
});
