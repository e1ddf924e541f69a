import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { WaitingPlace } from '../../../src/operations/find-waiting.ts';
import { createApp } from '../../../src/server/app.ts';
import { signatureCheck } from '../../../src/server/webhook-secret.ts';

const SECRET = 'a secret of the tests';
const COMPLETED = JSON.stringify({ event: 'update:job', job: { task_id: 7 }, before_update: { state: 'new' } });
const NOISE = JSON.stringify({ event: 'update:job', job: { task_id: 7 }, before_update: { updated_date: 'x' } });

interface Site {
  readonly url: string;
  readonly port: number;
  readonly woken: WaitingPlace[];
  readonly lines: string[];
  full: boolean;
}

let app: FastifyInstance | undefined;
afterEach(async () => {
  await app?.close();
});

const TEMPORAL = async (): Promise<void> => undefined;

async function open(
  temporalAnswers = TEMPORAL,
  secrets: Readonly<Record<string, string>> = { default: SECRET },
): Promise<Site> {
  const woken: WaitingPlace[] = [];
  const lines: string[] = [];
  const write = (message: string): void => void lines.push(message);
  app = createApp({
    checks: new Map(Object.entries(secrets).map(([name, secret]) => [name, signatureCheck({ read: () => secret })])),
    queue: {
      size: 0,
      push: (place) => {
        if (!site.full) woken.push(place);
        return !site.full;
      },
      close: async () => undefined,
    },
    log: { info: write, warn: write },
    temporalAnswers,
    api: null,
  });
  const site: Site = { url: '', port: 0, woken, lines, full: false };
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return Object.assign(site, { url, port: Number(new URL(url).port) });
}

const signed = (body: string, secret = SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

async function post(
  { url }: Site,
  body: string,
  headers: Readonly<Record<string, string>> = { 'x-signature-256': signed(body) },
  path = '/webhooks/cvat',
): Promise<Response> {
  return fetch(url + path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}

describe('the server, told by CVAT', () => {
  it('takes a signed change of state and wakes what waits for the task', async () => {
    const site = await open();
    expect((await post(site, COMPLETED)).status).toBe(202);
    expect(site.woken).toEqual([{ connection: 'default', what: 'task', id: 7 }]);
  });

  it('takes noise and wakes nobody', async () => {
    const site = await open();
    expect((await post(site, NOISE)).status).toBe(204);
    expect((await post(site, JSON.stringify({ event: 'ping', webhook: { id: 1 } }))).status).toBe(204);
    expect(site.woken).toEqual([]);
  });

  it('refuses what is not signed, signed otherwise or changed on the way, and writes one line for all of it', async () => {
    const site = await open();
    expect((await post(site, COMPLETED, {})).status).toBe(401);
    expect((await post(site, COMPLETED, { 'x-signature-256': signed(COMPLETED, 'another') })).status).toBe(401);
    expect((await post(site, `${COMPLETED} `, { 'x-signature-256': signed(COMPLETED) })).status).toBe(401);
    for (let times = 0; times < 20; times += 1) await post(site, COMPLETED, { 'x-signature-256': 'sha256=00' });
    expect(site.woken).toEqual([]);
    expect(site.lines).toHaveLength(1);
  });

  it('has an address that sends many of these wait, and still takes what it sends signed', async () => {
    const site = await open();
    const forged = async () => post(site, COMPLETED, { 'x-signature-256': 'sha256=00' });
    for (let times = 0; times < 20; times += 1) expect((await forged()).status).toBe(401);
    const limited = await forged();
    expect([limited.status, Number(limited.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await post(site, COMPLETED)).status).toBe(202);
  });

  it('checks the bytes as they came, also those that are not ASCII and not in our order', async () => {
    const site = await open();
    const body = `{ "job": {"task_id": 7, "name": "Größe \\u00e9"}, "before_update": {"stage": "annotation"},  "event": "update:job" }`;
    expect((await post(site, body)).status).toBe(202);
  });

  it('keeps connections apart: each has its own secret and wakes its own tasks', async () => {
    const site = await open(TEMPORAL, { default: SECRET, north: 'the secret of the north' });
    const north = '/webhooks/cvat/north';
    expect((await post(site, COMPLETED, undefined, north)).status).toBe(401);
    const signature = { 'x-signature-256': signed(COMPLETED, 'the secret of the north') };
    expect((await post(site, COMPLETED, signature)).status).toBe(401);
    expect((await post(site, COMPLETED, signature, north)).status).toBe(202);
    expect(site.woken).toEqual([{ connection: 'north', what: 'task', id: 7 }]);
  });

  it('accepts nothing where no secret is set, not even what is signed with an empty one', async () => {
    const site = await open(TEMPORAL, {});
    expect((await post(site, COMPLETED, {})).status).toBe(503);
    expect((await post(site, COMPLETED, { 'x-signature-256': signed(COMPLETED, '') })).status).toBe(503);
    expect(site.lines).toEqual([expect.stringContaining('CVAT_WEBHOOK_SECRET')]);
  });

  it('refuses signed bytes that are no message of CVAT', async () => {
    const site = await open();
    for (const body of ['', 'hello', '[]', '{"event":"update:job","job":{"task_id":"7"}}']) {
      expect([body, (await post(site, body)).status]).toEqual([body, 400]);
    }
  });

  it('refuses a large body without reading it, signed or not', async () => {
    const site = await open();
    const large = JSON.stringify({ event: 'ping', filler: 'x'.repeat(70_000) });
    expect((await post(site, large)).status).toBe(413);
    expect((await post(site, JSON.stringify({ event: 'ping', filler: 'x'.repeat(60_000) }))).status).toBe(204);
  });

  it('has CVAT try again when too many wake-ups wait', async () => {
    const site = await open();
    site.full = true;
    const answer = await post(site, COMPLETED);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
  });

  it('answers a replayed message like the first one: it only wakes', async () => {
    const site = await open();
    for (let times = 0; times < 3; times += 1) expect((await post(site, COMPLETED)).status).toBe(202);
    expect(new Set(site.woken.map((place) => JSON.stringify(place))).size).toBe(1);
  });
});

describe('every answer of the server', () => {
  it('says nothing of the request and carries headers that forbid to frame, sniff or keep it', async () => {
    const site = await open();
    const answers = [
      await post(site, COMPLETED),
      await post(site, COMPLETED, {}),
      await post(site, COMPLETED, undefined, '/no-such-page-marker'),
      await post(site, COMPLETED, undefined, '/webhooks/cvat/marker'),
      await post(site, 'x'.repeat(70_000)),
      await fetch(`${site.url}/healthz?marker`),
      await fetch(`${site.url}/webhooks/cvat`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 401, 404, 503, 413, 200, 404]);
    for (const answer of answers) {
      expect(await answer.text()).not.toMatch(/marker|task_id|webhooks|xxx/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('x-frame-options')).toBe('DENY');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  it('to bytes that are no HTTP names nothing either', async () => {
    const site = await open();
    const socket = connect(site.port, '127.0.0.1');
    let text = '';
    socket.on('data', (piece: Buffer) => (text += piece.toString()));
    socket.write('MARKER nonsense\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    expect(text).toMatch(/^HTTP\/1\.1 400/);
    expect(text).not.toContain('MARKER');
  });
});

describe('the health of the server', () => {
  it('is fine while it lives, and ready while Temporal answers', async () => {
    let asked = 0;
    const site = await open(async () => void (asked += 1));
    const statuses = await Promise.all([1, 2, 3].map(async () => (await fetch(`${site.url}/readyz`)).status));
    expect(statuses).toEqual([200, 200, 200]);
    expect(asked).toBe(1);
    expect((await fetch(`${site.url}/healthz`)).status).toBe(200);
  });

  it('is not ready while Temporal refuses, but lives', async () => {
    const site = await open(async () => Promise.reject(new Error('away')));
    expect((await fetch(`${site.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${site.url}/healthz`)).status).toBe(200);
  });

  it('is told within about a second when Temporal is silent', async () => {
    const site = await open(async () => sleep(60_000, undefined, { ref: false }));
    const begun = performance.now();
    expect((await fetch(`${site.url}/readyz`)).status).toBe(503);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
