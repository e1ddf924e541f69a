import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_ADMIN } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { ask, startFast, type Fast } from './talk.ts';

let now: number;
let fast: Fast;
beforeEach(async () => {
  now = Date.parse('2026-11-22T15:00:00Z');
  // Logging in has used one of them.
  fast = await startFast({ clock: () => now, anonymousPerMinute: 4 });
});
afterEach(() => fast.cvat.close());

const about = (headers: Record<string, string> = {}) => ask(fast.cvat.url, 'GET', '/api/server/about', { headers });
const statuses = async (count: number): Promise<number[]> => {
  const seen = [];
  for (let index = 0; index < count; index += 1) seen.push((await about()).status);
  return seen;
};

describe('requests without credentials', () => {
  it('share one budget a minute, beyond which the right password is refused too', async () => {
    const wrong = await ask(fast.cvat.url, 'POST', '/api/auth/login', { json: { username: 'admin', password: 'x' } });
    expect([wrong.status, ...(await statuses(3))]).toEqual([400, 200, 200, 429]);
    const login = await ask(fast.cvat.url, 'POST', '/api/auth/login', { json: SANDBOX_ADMIN });
    expect([login.status, login.headers.get('retry-after'), login.json]).toEqual([
      429,
      '60',
      { detail: 'Request was throttled. Expected available in 60 seconds.' },
    ]);
    const register = await ask(fast.cvat.url, 'POST', '/api/auth/register', { json: {} });
    expect(register.status).toBe(429);
  });

  it('may go on when the oldest is a minute old, and are told how many whole seconds that takes', async () => {
    now += 20_000;
    await statuses(3);
    now += 39_001;
    const throttled = await about();
    expect([throttled.headers.get('retry-after'), throttled.json]).toEqual([
      '1',
      { detail: 'Request was throttled. Expected available in 1 second.' },
    ]);
    now += 999;
    expect(await statuses(2)).toEqual([200, 429]);
  });

  it('do not count when they are refused for that or for lack of credentials', async () => {
    for (let index = 0; index < 5; index += 1) {
      expect((await ask(fast.cvat.url, 'GET', '/api/tasks')).status).toBe(401);
    }
    expect(await statuses(5)).toEqual([200, 200, 200, 429, 429]);
    now += 60_000;
    expect(await statuses(1)).toEqual([200]);
  });

  it('leave those with valid credentials, other clients and the health address alone', async () => {
    await statuses(4);
    for (let index = 0; index < 5; index += 1) {
      expect((await fast.admin.call('GET', '/api/server/about')).status).toBe(200);
    }
    expect((await about({ 'x-forwarded-for': '10.1.2.3' })).status).toBe(200);
    expect((await ask(fast.cvat.url, 'GET', '/api/server/health/')).status).toBe(200);
    expect((await about({ authorization: 'Token bad' })).status).toBe(401);
    expect((await about()).status).toBe(429);
  });

  it('are a hundred a minute unless told otherwise', async () => {
    await fast.cvat.close();
    fast = await startFast({ clock: () => now });
    expect((await statuses(100)).filter((status) => status === 429)).toHaveLength(1);
  });
});
