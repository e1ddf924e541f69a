import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { CvatCredentials } from '../../../src/cvat/credentials.ts';
import { caught } from '../http/caught.ts';
import type { Seen } from '../http/scripted-server.ts';
import { cvatServers, KEY } from './cvat-server.ts';

const { start, closeAll } = cvatServers();
afterEach(closeAll);

const ABOUT = 'GET /api/server/about';
const LOGIN = 'POST /api/auth/login';
const password = async (): Promise<CvatCredentials> => ({ kind: 'password', username: 'maya', password: 'hidden' });

function onlyFor(authorization: string) {
  return ({ headers }: Seen) =>
    headers.authorization === authorization
      ? { json: { version: '2.73.0' } }
      : { status: 401, json: { detail: 'Invalid token.' } };
}

describe('token', () => {
  it('is sent as Token when it is a login key and as Bearer when it is a personal access token', async () => {
    for (const [token, header] of [
      [KEY, `Token ${KEY}`],
      ['BKbmTcMv.aJzXbUq0JgXyqgcW3vVvW', 'Bearer BKbmTcMv.aJzXbUq0JgXyqgcW3vVvW'],
    ] as const) {
      const { cvat } = await start(
        { [ABOUT]: onlyFor(header) },
        { credentials: async () => ({ kind: 'token', token }) },
      );
      expect(await cvat.version()).toBe('2.73.0');
    }
  });

  it('is read again once when it is refused', async () => {
    const tokens = ['b'.repeat(40), KEY];
    let reads = 0;
    const credentials = async (): Promise<CvatCredentials> => ({ kind: 'token', token: tokens[reads++] ?? '' });
    const { cvat, server } = await start({ [ABOUT]: onlyFor(`Token ${KEY}`) }, { credentials });
    expect(await cvat.version()).toBe('2.73.0');
    expect(server.seen).toHaveLength(2);
    await cvat.version();
    expect(reads).toBe(2);
  });

  it('that stays wrong is CvatLoginRefused, is not shown, and is read anew at the next request', async () => {
    let token = 'c'.repeat(40);
    const credentials = async (): Promise<CvatCredentials> => ({ kind: 'token', token });
    const { cvat, server } = await start({ [ABOUT]: onlyFor(`Token ${KEY}`) }, { credentials });
    const error = await caught(cvat.version());
    expect(error.code).toBe('CvatLoginRefused');
    expect(error.message).toBe('GET /api/server/about answered 401: Invalid token.');
    expect(inspect(error, { depth: 10 })).not.toContain(token);
    expect(server.seen).toHaveLength(1);
    token = KEY;
    expect(await cvat.version()).toBe('2.73.0');
  });
});

describe('password', () => {
  it('is exchanged for a key once, however many requests begin at the same time', async () => {
    const { cvat, asked } = await start(
      { [LOGIN]: { json: { key: KEY } }, [ABOUT]: onlyFor(`Token ${KEY}`) },
      { credentials: password },
    );
    await Promise.all([cvat.version(), cvat.version(), cvat.version()]);
    await cvat.version();
    expect(asked().filter((request) => request === LOGIN)).toHaveLength(1);
  });

  it('is sent in the body, without any other authorization', async () => {
    const { cvat, server } = await start(
      { [LOGIN]: { json: { key: KEY } }, [ABOUT]: onlyFor(`Token ${KEY}`) },
      { credentials: password },
    );
    await cvat.version();
    expect(JSON.parse(String(server.seen[0]?.body))).toEqual({ username: 'maya', password: 'hidden' });
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  it('logs in once more when another client has logged out, for all requests together', async () => {
    const other = 'd'.repeat(40);
    const { cvat, asked } = await start(
      {
        [LOGIN]: (_, times) => ({ json: { key: times === 0 ? other : KEY } }),
        [ABOUT]: onlyFor(`Token ${KEY}`),
      },
      { credentials: password },
    );
    expect(await Promise.all([cvat.version(), cvat.version(), cvat.version()])).toEqual(['2.73.0', '2.73.0', '2.73.0']);
    expect(asked().filter((request) => request === LOGIN)).toHaveLength(2);
  });

  it('is enough when a restarted CVAT gives the same key again', async () => {
    let logins = 0;
    const login = () => {
      logins += 1;
      return { json: { key: KEY } };
    };
    const about = (seen: Seen) =>
      logins < 2 ? { status: 401, json: { detail: 'Invalid token.' } } : onlyFor(`Token ${KEY}`)(seen);
    const { cvat } = await start({ [ABOUT]: about, [LOGIN]: login }, { credentials: password });
    expect(await cvat.version()).toBe('2.73.0');
    expect(logins).toBe(2);
  });

  it('that is wrong is CvatLoginRefused although CVAT answers 400', async () => {
    const refusal = { status: 400, json: { non_field_errors: ['Unable to log in with provided credentials.'] } };
    const { cvat } = await start({ [LOGIN]: refusal }, { credentials: password });
    const error = await caught(cvat.version());
    expect(error.code).toBe('CvatLoginRefused');
    expect(error.message).toBe('POST /api/auth/login answered 400: Unable to log in with provided credentials.');
    expect(inspect(error, { depth: 10 })).not.toContain('hidden');
  });

  it('waits when logins are throttled', async () => {
    const throttled = { status: 429, headers: { 'retry-after': '60' }, json: { detail: 'Request was throttled.' } };
    const { cvat } = await start({ [LOGIN]: throttled }, { credentials: password });
    expect(await caught(cvat.version())).toMatchObject({ code: 'CvatUnreachable', retryAfterMs: 60_000 });
  });

  it('keeps the key out of the failure when the answer has another form', async () => {
    const { cvat } = await start({ [LOGIN]: { json: { token: 'hidden-key' } } }, { credentials: password });
    const error = await caught(cvat.version());
    expect(error.code).toBe('CvatUnexpectedAnswer');
    expect(error.message).toContain('$.key');
    expect(inspect(error, { depth: 10 })).not.toContain('hidden');
  });

  it('goes on for others when one of the requests that wait for it is given up', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const credentials = async (): Promise<CvatCredentials> => {
      await released;
      return { kind: 'token', token: KEY };
    };
    const { cvat } = await start({ [ABOUT]: onlyFor(`Token ${KEY}`) }, { credentials });
    const controller = new AbortController();
    const givenUp = cvat.version(controller.signal);
    const patient = cvat.version();
    controller.abort(new Error('given up'));
    await expect(givenUp).rejects.toThrow('given up');
    release();
    expect(await patient).toBe('2.73.0');
  });
});

describe('headers', () => {
  it('ask for version 2 of the API, name the organization, and carry those of a gateway', async () => {
    const { cvat, server } = await start(
      { [ABOUT]: { json: { version: '2.73.0' } } },
      { organization: 'surgery', headers: () => ({ 'X-Gateway': 'open' }) },
    );
    await cvat.version();
    expect(server.seen[0]?.headers).toMatchObject({
      accept: 'application/vnd.cvat+json; version=2.0',
      'x-organization': 'surgery',
      'x-gateway': 'open',
    });
  });

  it.each([null, '', undefined])('leave the organization out when it is %j', async (organization) => {
    const { cvat, server } = await start(
      { [ABOUT]: { json: { version: '2.73.0' } } },
      organization === undefined ? {} : { organization },
    );
    await cvat.version();
    expect(server.seen[0]?.headers).not.toHaveProperty('x-organization');
  });
});

describe('a login that was refused', () => {
  it('is not sent again before it has changed, and then once', async () => {
    let word = 'old';
    const credentials = async (): Promise<CvatCredentials> => ({ kind: 'password', username: 'maya', password: word });
    const { cvat, asked } = await start(
      {
        [LOGIN]: () => (word === 'new' ? { json: { key: KEY } } : { status: 400, json: { non_field_errors: ['no'] } }),
        'GET /api/users/self': { json: { username: 'maya', is_active: true, is_superuser: false, groups: ['user'] } },
      },
      { credentials },
    );
    expect((await caught(cvat.version())).code).toBe('CvatLoginRefused');
    expect([await cvat.retryLogin(), await cvat.retryLogin()]).toEqual([false, false]);
    expect(asked()).toEqual([LOGIN]);
    word = 'wrong, too';
    expect((await caught(cvat.retryLogin())).code).toBe('CvatLoginRefused');
    expect(await cvat.retryLogin()).toBe(false);
    expect(asked()).toEqual([LOGIN, LOGIN]);
    word = 'new';
    expect(await cvat.retryLogin()).toBe(true);
    expect(asked()).toEqual([LOGIN, LOGIN, LOGIN, 'GET /api/users/self']);
  });

  it('as a token is not sent again either', async () => {
    let token = 'c'.repeat(40);
    const { cvat, server } = await start(
      { [ABOUT]: onlyFor(`Token ${KEY}`), 'GET /api/users/self': { status: 401, json: {} } },
      { credentials: async () => ({ kind: 'token', token }) },
    );
    expect((await caught(cvat.version())).code).toBe('CvatLoginRefused');
    expect(await cvat.retryLogin()).toBe(false);
    expect(server.seen).toHaveLength(1);
    token = 'd'.repeat(40);
    expect((await caught(cvat.retryLogin())).code).toBe('CvatLoginRefused');
    expect(server.seen).toHaveLength(2);
  });
});
