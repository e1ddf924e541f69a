import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_ADMIN } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { at, listAt, textAt } from './json-at.ts';
import { ask, idOf, logIn, startFast, type Answer, type Fast } from './talk.ts';

let fast: Fast;
let url: string;
beforeAll(async () => {
  fast = await startFast();
  url = fast.cvat.url;
});
afterAll(() => fast.cvat.close());

/** The cookies that an answer sets, by name. */
function cookiesOf(answer: Answer): Map<string, string> {
  const pairs = answer.headers.getSetCookie().map((line): [string, string] => {
    const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split('=');
    return [name, value];
  });
  return new Map(pairs);
}

async function browser() {
  const answer = await ask(url, 'POST', '/api/auth/login', { json: SANDBOX_ADMIN });
  const cookies = cookiesOf(answer);
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
  return { answer, cookie, csrf: cookies.get('csrftoken') ?? '' };
}
const csrfFailure = (words: string) => ({ detail: `CSRF Failed: ${words}` });

describe('a login by cookies', () => {
  it('lasts two weeks and hides its session from scripts', async () => {
    const lines = (await browser()).answer.headers.getSetCookie();
    expect(lines.map((line) => line.split('=', 1)[0])).toEqual(['csrftoken', 'sessionfresh', 'sessionid']);
    expect(lines[2]).toMatch(
      /^sessionid=[a-z\d]{32}; expires=\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT; HttpOnly; Max-Age=1209600; Path=\/; SameSite=Lax$/,
    );
    expect(lines[0]).not.toContain('HttpOnly');
  });

  it('reads at once, and writes only with the token of its cookie, from a page of its own', async () => {
    const { cookie, csrf } = await browser();
    expect(textAt((await ask(url, 'GET', '/api/users/self', { headers: { cookie } })).json, 'username')).toBe('admin');
    const write = (headers: Record<string, string>) =>
      ask(url, 'POST', '/api/projects', { json: { name: 'x' }, headers: { cookie, ...headers } });
    const cases = [
      [{}, 403, csrfFailure('CSRF token missing.')],
      [{ 'x-csrftoken': 'x'.repeat(32) }, 403, csrfFailure("CSRF token from the 'X-Csrftoken' HTTP header incorrect.")],
      [
        { 'x-csrftoken': csrf, origin: 'http://evil.test' },
        403,
        csrfFailure('Origin checking failed - http://evil.test does not match any trusted origins.'),
      ],
    ] as const;
    for (const [headers, status, json] of cases) {
      const answer = await write(headers);
      expect([answer.status, answer.json]).toEqual([status, json]);
    }
    expect((await write({ 'x-csrftoken': csrf })).status).toBe(201);
    expect((await write({ 'x-csrftoken': csrf, origin: url })).status).toBe(201);
    const bare = cookie.replace(/csrftoken=[^;]*; /, '');
    expect((await write({ cookie: bare, 'x-csrftoken': csrf })).json).toEqual(csrfFailure('CSRF cookie not set.'));
  });

  it('needs no token beside a key, which goes before cookies', async () => {
    const { cookie } = await browser();
    const headers = { cookie, authorization: `Token ${fast.admin.key}` };
    expect((await ask(url, 'POST', '/api/projects', { json: { name: 'x' }, headers })).status).toBe(201);
    const wrong = await ask(url, 'GET', '/api/users/self', { headers: { cookie, authorization: 'Token bad' } });
    expect([wrong.status, wrong.json]).toEqual([401, { detail: 'Invalid token.' }]);
  });

  it('runs out', async () => {
    let now = Date.now();
    const aging = await startFast({ clock: () => now });
    const answer = await ask(aging.cvat.url, 'POST', '/api/auth/login', { json: SANDBOX_ADMIN });
    const headers = { cookie: `sessionid=${cookiesOf(answer).get('sessionid') ?? ''}` };
    const status = async () => (await ask(aging.cvat.url, 'GET', '/api/users/self', { headers })).status;
    now += 14 * 24 * 3600 * 1000 - 1;
    expect(await status()).toBe(200);
    now += 1;
    expect(await status()).toBe(401);
    await aging.cvat.close();
  });
});

describe('a logout', () => {
  it('takes the key from every client of the user, and the session from the one that asked', async () => {
    const one = await logIn(url, SANDBOX_ADMIN);
    const other = await logIn(url, SANDBOX_ADMIN);
    expect(other.key).toBe(one.key);
    const [leaving, staying] = [await browser(), await browser()];
    const headers = { cookie: leaving.cookie, 'x-csrftoken': leaving.csrf };
    const left = await ask(url, 'POST', '/api/auth/logout', { headers });
    expect([left.status, left.json]).toEqual([200, { detail: 'Successfully logged out.' }]);
    expect(left.headers.getSetCookie().map((line) => line.slice(0, 14))).toEqual(['sessionfresh="', 'sessionid=""; ']);
    const status = async (cookie: string) => (await ask(url, 'GET', '/api/users/self', { headers: { cookie } })).status;
    expect([await status(leaving.cookie), await status(staying.cookie)]).toEqual([401, 200]);
    expect((await other.call('GET', '/api/users/self')).json).toEqual({ detail: 'Invalid token.' });
    const fresh = await logIn(url, SANDBOX_ADMIN);
    expect(fresh.key).not.toBe(one.key);
  });
});

describe('a registration', () => {
  const wish = {
    username: 'newcomer',
    email: 'newcomer@example.org',
    password1: 'Quiet!7river',
    password2: 'Quiet!7river',
  };
  const register = (more: object = {}) => ask(url, 'POST', '/api/auth/register', { json: { ...wish, ...more } });

  it('is open to anybody, and logs in', async () => {
    const made = await register({ first_name: 'New', last_name: 'Comer' });
    expect(made.status).toBe(201);
    expect(made.json).toEqual({
      username: 'newcomer',
      email: 'newcomer@example.org',
      first_name: 'New',
      last_name: 'Comer',
      email_verification_required: false,
      key: textAt(made.json, 'key'),
    });
    expect([...cookiesOf(made).keys()]).toEqual(['messages', 'csrftoken', 'sessionfresh', 'sessionid']);
    const headers = { authorization: `Token ${textAt(made.json, 'key')}` };
    const self = await ask(url, 'GET', '/api/users/self', { headers });
    expect([at(self.json, 'groups'), at(self.json, 'first_name')]).toEqual([['user'], 'New']);
    expect((await logIn(url, { username: wish.email, password: wish.password1 })).key).toBe(textAt(made.json, 'key'));
  });

  it('is refused for a taken name and for passwords that are too simple or differ', async () => {
    const cases = [
      [{}, { username: ['A user with that username already exists.'] }],
      [{ username: undefined }, { username: ['This field is required.'] }],
      [
        { username: 'reviewer', password1: 'reviewer', password2: 'reviewer' },
        { non_field_errors: ['The password is too similar to the username.'] },
      ],
      [{ username: 'b', password2: 'other' }, { non_field_errors: ["The two password fields didn't match."] }],
    ] as const;
    for (const [more, json] of cases) {
      const answer = await register(more);
      expect([answer.status, answer.json]).toEqual([400, json]);
    }
  });
});

describe('access tokens', () => {
  it('are changed and revoked, but never made or changed with a token', async () => {
    const admin = await logIn(url, SANDBOX_ADMIN);
    const made = await admin.call('POST', '/api/auth/access_tokens', { json: { name: 'tool', read_only: false } });
    const path = `/api/auth/access_tokens/${idOf(made)}`;
    const bearer = { headers: { authorization: `Bearer ${textAt(made.json, 'value')}` } };
    expect((await ask(url, 'POST', '/api/auth/access_tokens', { json: { name: 'x' }, ...bearer })).status).toBe(403);
    expect((await ask(url, 'PATCH', path, { json: { name: 'x' }, ...bearer })).status).toBe(403);
    expect((await ask(url, 'POST', '/api/projects', { json: { name: 'x' }, ...bearer })).status).toBe(201);
    const changed = await admin.call('PATCH', path, { json: { read_only: true, name: 'reader' } });
    expect([changed.status, at(changed.json, 'name'), at(changed.json, 'value')]).toEqual([200, 'reader', undefined]);
    expect((await ask(url, 'POST', '/api/projects', { json: { name: 'x' }, ...bearer })).status).toBe(403);
    expect((await admin.call('DELETE', path)).status).toBe(204);
    expect((await ask(url, 'GET', '/api/users/self', bearer)).json).toEqual({ detail: 'Invalid token.' });
  });

  it('only read unless told otherwise, may be made when they have expired, and are not listed then', async () => {
    const admin = await logIn(url, SANDBOX_ADMIN);
    const old = await admin.call('POST', '/api/auth/access_tokens', {
      json: { name: 'old', expiry_date: '2020-01-01T00:00:00Z' },
    });
    expect([old.status, at(old.json, 'read_only'), at(old.json, 'expiry_date')]).toEqual([
      201,
      true,
      '2020-01-01T00:00:00Z',
    ]);
    const names = listAt((await admin.call('GET', '/api/auth/access_tokens')).json, 'results').map((one) =>
      at(one, 'name'),
    );
    expect(names).not.toContain('old');
    const bearer = { headers: { authorization: `Bearer ${textAt(old.json, 'value')}` } };
    expect((await ask(url, 'GET', '/api/users/self', bearer)).status).toBe(401);
  });

  it('note a use, but not the next one within a minute', async () => {
    let now = Date.now();
    const aging = await startFast({ clock: () => now });
    const made = await aging.admin.call('POST', '/api/auth/access_tokens', { json: { name: 'tool' } });
    const headers = { authorization: `Bearer ${textAt(made.json, 'value')}` };
    const used = async () => {
      now += 20_000;
      return at((await ask(aging.cvat.url, 'GET', '/api/auth/access_tokens/self', { headers })).json, 'last_used_date');
    };
    const [first, second, third, fourth] = [await used(), await used(), await used(), await used()];
    expect([first === second, second === third, third === fourth]).toEqual([true, true, false]);
    await aging.cvat.close();
  });
});
