import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { runServer } from '../../../src/server.ts';

const SECRET = 'a secret of the tests';
/** Nobody listens on the discard port. */
const ENV = {
  TEMPORAL_ADDRESS: '127.0.0.1:9',
  MASKLOOP_PORT: '0',
  MASKLOOP_LOG_LEVEL: 'silent',
  CVAT_WEBHOOK_SECRET: SECRET,
};

let end = new AbortController();
let running: Promise<void> = Promise.resolve();
afterEach(async () => {
  end.abort();
  await running.catch(() => undefined);
});

async function start(env: NodeJS.ProcessEnv = ENV): Promise<{ readonly address: string; readonly webhooks: string }> {
  end = new AbortController();
  return new Promise((resolve, reject) => {
    running = runServer({ env, signal: end.signal, onReady: resolve });
    running.catch(reject);
  });
}

describe('a server without Temporal', () => {
  it('lives, is not ready, takes wake-ups to send them later, and still ends when told', async () => {
    const { address, webhooks } = await start();
    expect(webhooks).toBe('default');
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect((await fetch(`${address}/readyz`)).status).toBe(503);
    const body = JSON.stringify({ event: 'delete:task', task: { id: 7 } });
    const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
    const headers = { 'content-type': 'application/json', 'x-signature-256': signature };
    expect((await fetch(`${address}/webhooks/cvat`, { method: 'POST', body, headers })).status).toBe(202);
    // A probe that is under way while the server ends does it no harm.
    void fetch(`${address}/readyz`).catch(() => undefined);
    await sleep(50);
    end.abort();
    await expect(running).resolves.toBeUndefined();
    await expect(fetch(`${address}/healthz`)).rejects.toThrow('fetch failed');
  }, 240_000);
});

describe('a server with secrets', () => {
  it('has none of them in any answer, also where Temporal, CVAT and MONAI Label are away', async () => {
    const secrets = {
      MASKLOOP_TOKEN: 'token-of-the-server-marker',
      MASKLOOP_SESSION_SECRET: 'session-secret-of-the-server-marker',
      CVAT_PASSWORD: 'password-of-cvat-marker',
      CVAT_WEBHOOK_SECRET: 'webhook-secret-of-cvat-marker',
    };
    const folder = await mkdtemp(path.join(tmpdir(), 'maskloop-server-'));
    const env = { ...ENV, ...secrets, CVAT_URL: 'http://127.0.0.1:9', CVAT_USERNAME: 'ana', MASKLOOP_STORE: folder };
    const { address } = await start({ ...env, MONAI_LABEL_URL: 'http://127.0.0.1:9' });
    const headers = { authorization: `Bearer ${secrets.MASKLOOP_TOKEN}` };
    const paths = [
      'openapi.json',
      ...['session', 'system', 'iterations?state=running', 'models', 'audit'].map((at) => `v1/${at}`),
    ];
    const answers = await Promise.all(paths.map(async (at) => fetch(`${address}/api/${at}`, { headers })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 503, 200, 200]);
    const texts = await Promise.all(answers.map(async (answer) => answer.text()));
    expect(texts[2]).toContain('127.0.0.1:9');
    for (const text of texts) expect(text).not.toContain('marker');
    await rm(folder, { recursive: true });
  }, 240_000);
});

describe('a server that cannot listen', () => {
  it('names the port that is taken', async () => {
    const { address } = await start();
    const second = runServer({ env: { ...ENV, MASKLOOP_PORT: new URL(address).port }, signal: end.signal });
    await expect(second).rejects.toMatchObject({ code: 'AddressInUse' });
  });

  it('names the host that is none of this machine', async () => {
    const second = runServer({
      env: { ...ENV, MASKLOOP_HOST: '192.0.2.1', MASKLOOP_TOKEN: 'x'.repeat(16) },
      signal: end.signal,
    });
    await expect(second).rejects.toMatchObject({
      code: 'InvalidConfiguration',
      message: expect.stringContaining('MASKLOOP_HOST'),
    });
  });
});
