import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_ADMIN } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { expectAsRecorded } from './recorded-answers.ts';
import { at, numberAt, textAt } from './json-at.ts';
import { ask, logIn, startFast, type Fast } from './talk.ts';

let fast: Fast;
let url: string;
beforeAll(async () => {
  fast = await startFast();
  url = fast.cvat.url;
});
afterAll(() => fast.cvat.close());

describe('what all addresses have in common', () => {
  it('tells its version to anybody and nothing else', async () => {
    const about = await ask(url, 'GET', '/api/server/about');
    expectAsRecorded(about, '1-about', 'GET');
    expect(at(about.json, 'version')).toBe('2.73.0');
    expectAsRecorded(
      await ask(url, 'GET', '/api/server/annotation/formats'),
      '1-about',
      'GET',
      (one) => one.status === 401,
    );
  });

  it('knows no address with a slash too many, and answers what it does not know in HTML', async () => {
    expectAsRecorded(await ask(url, 'GET', '/api/server/about/'), '1-about-with-trailing-slash', 'GET');
    expect((await fast.admin.call('GET', '/api/nothing')).status).toBe(404);
    expect((await fast.admin.call('POST', '/api/tasks/1/dataset/export?format=COCO+1.0')).status).toBe(404);
  });

  it('refuses an API version that it does not speak', async () => {
    const headers = { accept: 'application/vnd.cvat+json; version=1.0' };
    expectAsRecorded(
      await ask(url, 'GET', '/api/server/about', { headers }),
      '1-about',
      'GET',
      (one) => one.status === 406,
    );
    const spoken = { accept: 'application/vnd.cvat+json; version=2.0' };
    expect((await ask(url, 'GET', '/api/server/about', { headers: spoken })).status).toBe(200);
  });

  it('compresses answers over 200 bytes when asked to, and only then', async () => {
    const long = await ask(url, 'GET', '/api/server/about');
    expect(long.headers.get('content-encoding')).toBe('gzip');
    const plain = await ask(url, 'GET', '/api/server/about', { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.text).toBe(long.text);
    expect((await ask(url, 'GET', '/api/tasks')).headers.get('content-encoding')).toBeNull();
  });

  it('gives every answer another request id, and says which methods an address has', async () => {
    const [one, two] = await Promise.all([ask(url, 'GET', '/api/tasks'), ask(url, 'GET', '/api/tasks')]);
    expect(one.headers.get('x-request-id')).not.toBe(two.headers.get('x-request-id'));
    expect(one.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS');
    expectAsRecorded(await fast.admin.call('PUT', '/api/jobs/1', { json: {} }), '7-job-invalid', 'PUT');
  });

  it('builds addresses from the host that the client named', async () => {
    const headers = { 'x-forwarded-host': 'cvat.test:8080' };
    expect(at((await fast.admin.call('GET', '/api/users/self', { headers })).json, 'url')).toBe(
      'http://cvat.test:8080/api/users/1',
    );
  });
});

describe('logging in', () => {
  const post = (json: unknown) => ask(url, 'POST', '/api/auth/login', { json });

  it('gives the same key for each login until a logout', async () => {
    const one = await post(SANDBOX_ADMIN);
    expectAsRecorded(one, '2-login-ok', 'POST');
    expect(textAt(one.json, 'key')).toMatch(/^[0-9a-f]{40}$/);
    expect((await post({ email: 'admin@example.com', password: SANDBOX_ADMIN.password })).json).toEqual(one.json);
    const other = await logIn(url, SANDBOX_ADMIN);
    expect((await other.call('POST', '/api/auth/logout')).status).toBe(200);
    expectAsRecorded(
      await other.call('GET', '/api/users/self'),
      '2-token-use',
      'GET',
      (recorded) => recorded.status === 401,
    );
    fast = { ...fast, admin: await logIn(url, SANDBOX_ADMIN) };
    expect(fast.admin.key).not.toBe(textAt(one.json, 'key'));
  });

  it('refuses wrong and incomplete logins as the real server words it', async () => {
    expectAsRecorded(await post({ username: 'admin', password: 'nope' }), '2-login-bad-password', 'POST');
    expectAsRecorded(await post({ username: 'admin' }), '2-login-missing-password', 'POST');
    const type = (value: string) => ({ headers: { 'content-type': value } });
    const form = { ...type('application/x-www-form-urlencoded'), body: 'username=admin' };
    expectAsRecorded(await ask(url, 'POST', '/api/auth/login', form), '2-login-form-encoded', 'POST');
    const broken = { ...type('application/json'), body: '{"username":' };
    expectAsRecorded(await ask(url, 'POST', '/api/auth/login', broken), '2-login-malformed-json', 'POST');
  });

  it('takes name and password with each request', async () => {
    const basic = (text: string) => ({ headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` } });
    expect(at((await ask(url, 'GET', '/api/users/self', basic('admin:maskloop-sandbox'))).json, 'username')).toBe(
      'admin',
    );
    expectAsRecorded(await ask(url, 'GET', '/api/users/self', basic('admin:nope')), '2-basic-auth', 'GET');
  });

  it('makes access tokens that are read-only unless asked otherwise, and that make no further ones', async () => {
    const make = (json: object) => fast.admin.call('POST', '/api/auth/access_tokens', { json });
    const bearer = (value: string) => ({ headers: { authorization: `Bearer ${value}` } });
    const reader = (await make({ name: 'reader' })).json;
    const writer = (await make({ name: 'writer', read_only: false })).json;
    expect([at(reader, 'read_only'), at(writer, 'read_only')]).toEqual([true, false]);
    const project = { json: { name: 'by token', labels: [] } };
    const refused = await ask(url, 'POST', '/api/projects', { ...project, ...bearer(textAt(reader, 'value')) });
    expectAsRecorded(refused, '2-pat-use', 'POST');
    expect((await ask(url, 'POST', '/api/projects', { ...project, ...bearer(textAt(writer, 'value')) })).status).toBe(
      201,
    );
    const another = { json: { name: 'x' }, ...bearer(textAt(writer, 'value')) };
    expect((await ask(url, 'POST', '/api/auth/access_tokens', another)).status).toBe(403);
    expect(
      (await ask(url, 'GET', '/api/users/self', { headers: { authorization: `Token ${textAt(writer, 'value')}` } }))
        .status,
    ).toBe(401);
    expect((await fast.admin.call('DELETE', `/api/auth/access_tokens/${numberAt(writer, 'id')}`)).status).toBe(204);
    expect((await ask(url, 'GET', '/api/users/self', bearer(textAt(writer, 'value')))).status).toBe(401);
  });

  it('does not take a token that has expired', async () => {
    const json = { name: 'old', read_only: false, expiry_date: '2020-01-01T00:00:00Z' };
    const old = await fast.admin.call('POST', '/api/auth/access_tokens', { json });
    expect(old.status).toBe(201);
    const headers = { authorization: `Bearer ${textAt(old.json, 'value')}` };
    expect((await ask(url, 'GET', '/api/users/self', { headers })).status).toBe(401);
  });
});
