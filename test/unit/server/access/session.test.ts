import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { knownTokens, sha256Of } from '../../../../src/server/access/known-tokens.ts';
import { sessionCookies } from '../../../../src/server/access/session-cookie.ts';
import type { TokenEntry } from '../../../../src/server/access/token-file.ts';
import { openApiSite, SESSION_SECRET, testAccess, TOKENS, type ApiSite } from '../../../kit/api-site.ts';

const PAGE = { 'x-maskloop-page': '1' };
const TOKEN = TOKENS.operator;

let site: ApiSite;
let entries: readonly TokenEntry[] = [];
let now = Date.now();
const steered: string[] = [];

beforeEach(async () => {
  entries = [{ name: 'ana', sha256: sha256Of(TOKEN), role: 'operator', connections: null }];
  now = Date.now();
  steered.length = 0;
  const access = testAccess({
    tokens: knownTokens(null, () => entries),
    cookies: sessionCookies(SESSION_SECRET, () => now),
  });
  site = await openApiSite({ steer: async ({ sender }) => void steered.push(sender.by) }, { access });
});
afterEach(async () => site.close());

const logIn = async (): Promise<string> => {
  const { status, headers } = await site.ask(null, 'POST', '/api/v1/session', {
    body: { token: TOKEN },
    headers: PAGE,
  });
  expect(status).toBe(200);
  return headers.get('set-cookie') ?? '';
};
const cookieIn = (text: string): string => text.split(';')[0] ?? '';
const steer = async (headers: Readonly<Record<string, string>>) =>
  (await site.ask(null, 'POST', '/api/v1/iterations/P%2FT/pause', { headers })).status;
const isKnown = async (cookie: string) =>
  (await site.ask(null, 'GET', '/api/v1/session', { headers: { cookie } })).status === 200;

describe('a session', () => {
  it('is a cookie that no script and no page of another site gets at, without the token in it', async () => {
    const text = await logIn();
    expect(text).toMatch(/^maskloop_session=/);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/api/v1', 'Expires=']) expect(text).toContain(part);
    expect(text).not.toContain('Secure');
    const said = Buffer.from(cookieIn(text).slice('maskloop_session='.length).split('.')[0] ?? '', 'base64url');
    expect(said.toString()).toContain('ana');
    expect(said.toString()).not.toContain(sha256Of(TOKEN));
    expect(said.toString()).not.toContain(TOKEN);
  });

  it('is sent over https alone where people reach the server by https', async () => {
    const secure = await openApiSite({}, { publicUrl: 'https://maskloop.example' });
    const { headers } = await secure.ask(null, 'POST', '/api/v1/session', { body: { token: TOKEN }, headers: PAGE });
    await secure.close();
    expect(headers.get('set-cookie')).toContain('Secure');
  });

  it('changes something only with the header of our own pages', async () => {
    const cookie = cookieIn(await logIn());
    expect(await steer({ cookie })).toBe(403);
    expect(await steer({ cookie, ...PAGE, origin: 'https://elsewhere.example' })).toBe(403);
    expect(await steer({ cookie, ...PAGE, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(steered).toEqual([]);
    const foreign = { cookie, ...PAGE, origin: 'https://elsewhere.example' };
    const { json } = await site.ask(null, 'POST', '/api/v1/iterations/P%2FT/pause', { headers: foreign });
    expect(json).toMatchObject({
      code: 'PageForeign',
      detail: expect.stringContaining(`https://elsewhere.example; the server takes those of ${site.url}`),
      action: expect.stringMatching(/MASKLOOP_PUBLIC_URL.*MASKLOOP_TRUSTED_PROXIES/),
    });
    expect(await steer({ cookie, ...PAGE, origin: site.url, 'sec-fetch-site': 'same-origin' })).toBe(204);
    expect(steered).toEqual(['ana']);
  });

  it('cannot be made, changed or lengthened by anybody else', async () => {
    const cookie = cookieIn(await logIn());
    const [value = '', signature = ''] = cookie.replace('maskloop_session=', '').split('.');
    const session = JSON.parse(Buffer.from(value, 'base64url').toString()) as object;
    const longer = Buffer.from(JSON.stringify({ ...session, expiresAt: 9e15 })).toString('base64url');
    expect(await isKnown(cookie)).toBe(true);
    expect(await isKnown(`maskloop_session=${longer}.${signature}`)).toBe(false);
    expect(await isKnown(`maskloop_session=${value}.`)).toBe(false);
    const other = sessionCookies('another secret').write({ ...session, kind: 'jwt', role: 'operator' } as never);
    expect(await isKnown(`maskloop_session=${other}`)).toBe(false);
  });

  it('ends after a working day, with its token, and when that belongs to a new one', async () => {
    const cookie = cookieIn(await logIn());
    now += 11 * 3_600_000;
    expect(await isKnown(cookie)).toBe(true);
    now += 2 * 3_600_000;
    expect(await isKnown(cookie)).toBe(false);
    now -= 13 * 3_600_000;
    entries = [{ name: 'ana', sha256: sha256Of('another token'), role: 'operator', connections: null }];
    expect(await isKnown(cookie)).toBe(false);
    entries = [];
    expect(await isKnown(cookie)).toBe(false);
  });

  it('is taken back by a logout', async () => {
    const { status, headers } = await site.ask(null, 'DELETE', '/api/v1/session', { headers: PAGE });
    expect([status, headers.get('set-cookie')]).toEqual([204, expect.stringContaining('maskloop_session=;')]);
  });
});

describe('logging in', () => {
  it('is refused to an address that has shown ten wrong tokens, right ones included, but not to its tokens', async () => {
    const attempt = async (token: string) =>
      site.ask(null, 'POST', '/api/v1/session', { body: { token }, headers: PAGE });
    for (let times = 0; times < 10; times += 1) expect((await attempt('wrong')).status).toBe(401);
    const limited = await attempt(TOKEN);
    expect([limited.status, limited.json]).toMatchObject([429, { code: 'TooManyRequests' }]);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await site.ask(TOKEN, 'GET', '/api/v1/session')).status).toBe(200);
  });

  it('of one address behind a trusted proxy does not lock out another', async () => {
    const proxied = await openApiSite({}, {}, ['127.0.0.1']);
    const attempt = async (token: string, from: string) => {
      const headers = { ...PAGE, 'x-forwarded-for': from };
      return (await proxied.ask(null, 'POST', '/api/v1/session', { body: { token }, headers })).status;
    };
    for (let times = 0; times < 10; times += 1) await attempt('wrong', '192.0.2.1');
    expect([await attempt(TOKEN, '192.0.2.1'), await attempt(TOKEN, '192.0.2.2')]).toEqual([429, 200]);
    await proxied.close();
  });
});

describe('a wrong token in a request', () => {
  const ask = async (token: string) => site.ask(token, 'GET', '/api/v1/iterations');

  it('is refused for good after ten of them from its address, as a wrong one and not to be waited for, and a right one never', async () => {
    const statuses: number[] = [];
    for (let times = 0; times < 12; times += 1) statuses.push((await ask(`wrong ${times}`.replace(' ', '-'))).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    const limited = await ask('wrong');
    expect(limited.json).toMatchObject({
      code: 'TokenUnknown',
      detail: expect.stringContaining('The token is wrong'),
      action: expect.stringContaining('does not help to wait'),
    });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(TOKEN)).status).toBe(200);
  });

  it('keeps nobody at its address from logging in', async () => {
    for (let times = 0; times < 12; times += 1) await ask('wrong');
    expect(await logIn()).toContain('maskloop_session=');
  });
});

describe('a server without any token', () => {
  it('lets this machine do everything, but no page elsewhere, by its own name or by one that leads here', async () => {
    const open = await openApiSite(
      { steer: async () => undefined },
      { access: testAccess({ tokens: knownTokens(null, () => []), isOpen: true }) },
    );
    const pause = async (headers: Readonly<Record<string, string>>) =>
      (await open.ask(null, 'POST', '/api/v1/iterations/P%2FT/pause', { headers })).status;
    expect(await pause(PAGE)).toBe(204);
    expect(await pause({})).toBe(403);
    expect(await pause({ ...PAGE, origin: 'http://elsewhere.example' })).toBe(403);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: `elsewhere.example:${open.port}` };
      httpRequest({ port: open.port, host: '127.0.0.1', path: '/api/v1/session', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
    await open.close();
  });
});
