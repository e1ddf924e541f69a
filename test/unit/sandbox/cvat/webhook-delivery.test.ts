import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxCvatOptions } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { at, listAt, numberAt } from './json-at.ts';
import { idOf, startFast, type Fast } from './talk.ts';
import { arrived, eventOf, header, startTarget, type WebhookTarget } from './webhook-target.ts';

let fast: Fast;
let target: WebhookTarget;
let project: number;
beforeEach(async () => {
  target = await startTarget();
  await restart({});
});
afterEach(async () => {
  await fast.cvat.close();
  await target.close();
});

async function restart(options: SandboxCvatOptions): Promise<void> {
  if (fast !== undefined) await fast.cvat.close();
  fast = await startFast(options);
  project = idOf(await fast.admin.call('POST', '/api/projects', { json: { name: 'SurgVU' } }));
}

async function hook(more: object = {}): Promise<number> {
  const json = { target_url: `${target.url}/hook`, type: 'project', project_id: project, events: ['update:project'] };
  return idOf(await fast.admin.call('POST', '/api/webhooks', { json: { ...json, ...more } }));
}
const rename = (name: string) => fast.admin.call('PATCH', `/api/projects/${project}`, { json: { name } });

async function deliveries(webhook: number): Promise<readonly unknown[]> {
  await fast.cvat.webhooks.idle();
  const answer = await fast.admin.call('GET', `/api/webhooks/${webhook}/deliveries?page_size=all`);
  return listAt(answer.json, 'results');
}

describe('a message to a webhook', () => {
  it('is signed over its very bytes, which are ASCII, and comes with the headers of the version', async () => {
    for (const [version, agent] of [
      ['2.73.0', 'CVAT/2.73.0 python-requests/2.33.1'],
      ['2.54.1', 'CVAT/2.54.1 python-requests/2.32.4'],
    ] as const) {
      await restart({ version });
      await hook({ secret: 'ключ' });
      await rename('Itération Ω 3 😀');
      const arrival = (await arrived(target, 1)).at(-1);
      if (arrival === undefined) throw new Error('nothing arrived');
      expect(arrival.headers.map(([name]) => name)).toEqual([
        'Host',
        'User-Agent',
        'Accept-Encoding',
        'Accept',
        'Connection',
        'X-Signature-256',
        'Content-Length',
        'Content-Type',
      ]);
      expect([header(arrival, 'User-Agent'), header(arrival, 'Content-Type')]).toEqual([agent, 'application/json']);
      const expected = createHmac('sha256', 'ключ').update(arrival.body).digest('hex');
      expect(header(arrival, 'X-Signature-256')).toBe(`sha256=${expected}`);
      expect(arrival.body).toContain(String.raw`"name": "It\u00e9ration \u03a9 3 \ud83d\ude00"`);
      target.arrivals.length = 0;
    }
  });

  it('has no signature without a secret', async () => {
    await hook();
    await rename('x');
    const [arrival] = await arrived(target, 1);
    expect(arrival?.headers.map(([name]) => name)).not.toContain('X-Signature-256');
  });

  it('follows a redirect with GET and without its body, and counts as what came of it', async () => {
    const webhook = await hook({ secret: 's' });
    target.answer((response, { path }) =>
      path === '/hook' ? response.writeHead(302, { location: '/there' }).end() : response.end('moved'),
    );
    await rename('x');
    const seen = (await arrived(target, 2)).map((one) => [one.method, one.path, one.body.length > 0]);
    expect(seen).toEqual([
      ['POST', '/hook', true],
      ['GET', '/there', false],
    ]);
    const [posted, followed] = target.arrivals;
    if (posted === undefined || followed === undefined) throw new Error('nothing arrived');
    expect(header(followed, 'X-Signature-256')).toBe(header(posted, 'X-Signature-256'));
    expect(header(followed, 'Content-Type')).toBeUndefined();
    expect(at((await deliveries(webhook))[0], 'status_code')).toBe(200);
  });

  it('keeps method and body at a redirect that asks for it', async () => {
    await hook();
    target.answer((response, { path }) =>
      path === '/hook' ? response.writeHead(307, { location: '/there' }).end() : response.end(),
    );
    await rename('x');
    const [first, second] = await arrived(target, 2);
    expect([second?.method, second?.path, second?.body]).toEqual(['POST', '/there', first?.body]);
  });
});

describe('a target that fails', () => {
  const quick = { webhookTimes: { retryMs: [20, 20], readMs: 60, connectMs: 200 } };

  it('is told again as often as there are waits, with the same bytes, the latest message first', async () => {
    await restart({ webhookTimes: { retryMs: [250, 250] } });
    const webhook = await hook({ secret: 's' });
    target.answer((response) => void response.writeHead(500).end());
    await rename('first');
    await rename('second');
    const all = await arrived(target, 6);
    const names = all.map((one) => at(one.json, 'project', 'name'));
    expect(names.slice(0, 4)).toEqual(['first', 'second', 'second', 'first']);
    expect(all).toHaveLength(6);
    expect(new Set(all.map((one) => `${one.body}${header(one, 'X-Signature-256') ?? ''}`)).size).toBe(2);
    const attempts = (await deliveries(webhook)).map((one) => numberAt(one, 'attempt'));
    expect(attempts).toEqual([3, 3, 2, 2, 1, 1]);
  });

  it('is told again at 408 and 429, and not at any other refusal', async () => {
    await restart(quick);
    await hook();
    for (const [status, times] of [
      [408, 3],
      [429, 3],
      [410, 1],
      [404, 1],
    ] as const) {
      target.arrivals.length = 0;
      target.answer((response) => void response.writeHead(status).end());
      await rename(`to ${status}`);
      expect([status, (await arrived(target, times)).length]).toEqual([status, times]);
    }
  });

  it('is told once by the older version, whatever it answers', async () => {
    await restart({ ...quick, version: '2.54.1' });
    const webhook = await hook();
    target.answer((response) => void response.writeHead(500).end());
    await rename('x');
    await arrived(target, 1);
    await sleep(80);
    expect(target.arrivals).toHaveLength(1);
    expect(Object.keys((await deliveries(webhook))[0] as object)).not.toContain('attempt');
  });

  it('is no longer told when its webhook is deleted meanwhile', async () => {
    await restart({ webhookTimes: { retryMs: [400] } });
    const webhook = await hook();
    target.answer((response) => void response.writeHead(500).end());
    await rename('x');
    await arrived(target, 1);
    await fast.admin.call('DELETE', `/api/webhooks/${webhook}`);
    await sleep(450);
    expect(target.arrivals).toHaveLength(1);
  });

  it('counts as 504 when it does not answer in time, and as 502 when nobody listens', async () => {
    const port = await closedPort();
    for (const [version, slow, refused] of [
      ['2.73.0', /^HTTPConnectionPool\(.*Read timed out\. \(read timeout=10\)$/, /\[Errno 111\] Connection refused/],
      ['2.54.1', /^$/, /^$/],
    ] as const) {
      await restart({ ...quick, version });
      target.answer(() => undefined);
      const silent = (await fast.admin.call('POST', `/api/webhooks/${await hook()}/ping`)).json;
      expect([at(silent, 'status_code'), at(silent, 'response')]).toEqual([504, expect.stringMatching(slow)]);
      const dead = await hook({ target_url: `http://127.0.0.1:${port}/x` });
      const lost = (await fast.admin.call('POST', `/api/webhooks/${dead}/ping`)).json;
      expect([at(lost, 'status_code'), at(lost, 'response')]).toEqual([502, expect.stringMatching(refused)]);
    }
  });
});

describe('a redelivery', () => {
  it('is the same content in another order, signed anew with the secret of now', async () => {
    const webhook = await hook({ secret: 'old' });
    await rename('x');
    await arrived(target, 1);
    await fast.admin.call('PATCH', `/api/webhooks/${webhook}`, { json: { secret: 'new' } });
    const [delivery] = await deliveries(webhook);
    const path = `/api/webhooks/${webhook}/deliveries/${numberAt(delivery, 'id')}`;
    const asked = await fast.admin.call('POST', `${path}/redelivery`);
    expect([asked.status, asked.json]).toEqual([200, {}]);
    const [first, again] = await arrived(target, 2);
    if (first === undefined || again === undefined) throw new Error('nothing arrived');
    expect(again.json).toEqual(first.json);
    expect(again.body).not.toBe(first.body);
    expect(Object.keys(again.json as object)).toEqual([
      'event',
      'sender',
      'changes',
      'project',
      'webhook_id',
      'before_update',
    ]);
    const expected = createHmac('sha256', 'new').update(again.body).digest('hex');
    expect(header(again, 'X-Signature-256')).toBe(`sha256=${expected}`);
    const [second, once] = await deliveries(webhook);
    expect([at(second, 'redelivery'), at(second, 'attempt'), at(once, 'redelivery')]).toEqual([true, 1, false]);
    expect([at(once, 'changed_fields'), at(second, 'changed_fields')]).toEqual([
      'updated_date,name',
      'name,updated_date',
    ]);
    const detail = await fast.admin.call('GET', path);
    expect([detail.json, eventOf(again)]).toEqual([once, 'update:project']);
  });

  it('of another webhook is not found', async () => {
    const [one, other] = [await hook(), await hook({ events: ['delete:project'] })];
    await rename('x');
    await arrived(target, 1);
    const id = numberAt((await deliveries(one))[0], 'id');
    expect((await fast.admin.call('GET', `/api/webhooks/${other}/deliveries/${id}`)).status).toBe(404);
    expect((await fast.admin.call('POST', `/api/webhooks/${other}/deliveries/${id}/redelivery`)).status).toBe(404);
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 1;
}
