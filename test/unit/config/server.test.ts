import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadServerConfig, loadWebhookConfig } from '../../../src/config.ts';
import { isMaskloopError } from '../../../src/contracts/error.ts';

const SECRET = 'a secret of the tests';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maskloop-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function problemsOf(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    if (isMaskloopError(error, 'InvalidConfiguration')) return error.message + JSON.stringify(error.facts);
    throw error;
  }
  return 'none';
}

describe('the settings of the server', () => {
  it('are few: without any it listens for this machine alone, and believes nobody', () => {
    const { host, port, webhookSecrets } = loadServerConfig({});
    expect([host, port, webhookSecrets.size]).toEqual(['127.0.0.1', 7280, 0]);
  });

  it('name where to listen', () => {
    expect(
      loadServerConfig({ MASKLOOP_HOST: '0.0.0.0', MASKLOOP_PORT: '8000', MASKLOOP_TOKEN: 'x'.repeat(16) }),
    ).toMatchObject({
      host: '0.0.0.0',
      port: 8000,
    });
    for (const port of ['65536', '-1', '80.5', 'http', '0x50']) {
      expect([port, problemsOf(() => loadServerConfig({ MASKLOOP_PORT: port }))]).toEqual([
        port,
        expect.stringContaining('MASKLOOP_PORT'),
      ]);
    }
  });

  it('take the secret from a file as it is now', () => {
    const file = write('secret', `${SECRET}\n`);
    const secret = loadServerConfig({ CVAT_WEBHOOK_SECRET_FILE: file }).webhookSecrets.get('default');
    expect(secret?.read()).toBe(SECRET);
    write('secret', 'another secret of the tests');
    expect(secret?.read()).toBe('another secret of the tests');
  });

  it('refuse a secret that CVAT would not take or anybody could guess, without showing it', () => {
    for (const secret of ['short', 'x'.repeat(65)]) {
      const problems = problemsOf(() => loadServerConfig({ CVAT_WEBHOOK_SECRET: secret }));
      expect(problems).toContain('CVAT_WEBHOOK_SECRET must have 16 to 64 characters');
      expect(problems).not.toContain(secret);
    }
  });

  it('read the secrets of further connections and nothing else of them', () => {
    write('north-secret', 'the secret of the north');
    const file = write(
      'connections.yaml',
      [
        'north: { cvat: { url: "http://n", tokenFile: not-here, webhookSecretFile: north-secret } }',
        'south: { cvat: { url: "http://s", tokenFile: not-here, webhookSecretEnv: SOUTH } }',
        'west: { cvat: { url: "http://w", tokenFile: not-here } }',
      ].join('\n'),
    );
    const { webhookSecrets } = loadServerConfig({ MASKLOOP_CONNECTIONS: file, SOUTH: SECRET });
    expect([...webhookSecrets].map(([name, secret]) => [name, secret.read()])).toEqual([
      ['north', 'the secret of the north'],
      ['south', SECRET],
    ]);
    expect(problemsOf(() => loadServerConfig({ MASKLOOP_CONNECTIONS: file }))).toContain(
      'connections.yaml:2 south.cvat.webhookSecretEnv',
    );
  });
});

describe('the address of webhooks', () => {
  it.each([
    ['http://us:7280', 'http://us:7280'],
    ['https://us/maskloop/', 'https://us/maskloop'],
    ['https://us/webhooks/cvat', 'https://us'],
    ['https://us/webhooks/cvat/', 'https://us'],
  ])('%s is %s without the route', (given, expected) => {
    expect(loadWebhookConfig({ MASKLOOP_WEBHOOK_URL: given }).url).toBe(expected);
  });

  it('must not hold a login', () => {
    expect(problemsOf(() => loadWebhookConfig({ MASKLOOP_WEBHOOK_URL: 'http://u:p@us' }))).toContain(
      'MASKLOOP_WEBHOOK_URL',
    );
  });
});
