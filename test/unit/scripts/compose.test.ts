import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { compose } from '../../../scripts/check/compose.ts';
import { composeProblems, composeFile } from '../../../scripts/compose/compose-problems.ts';
import { loadServerConfig } from '../../../src/config.ts';
import { SEARCH_ATTRIBUTES } from '../../../src/contracts/search-attributes.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const TYPES = { KEYWORD: 'Keyword', INT: 'Int', DATETIME: 'Datetime' } as const;

function problemsOf(service: Readonly<Record<string, unknown>>): readonly string[] {
  return composeProblems(composeFile.parse({ services: { it: { image: 'a:1', healthcheck: {}, ...service } } }));
}

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-compose-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the check of compose files', () => {
  it('finds nothing in ours, of which there are two', async () => {
    expect(await compose.run(ROOT)).toEqual({ files: 2, problems: '' });
  });

  it.each([
    ['a key that compose does not know', 'init: true', 'initt: true'],
    ['a duration without a unit', 'stop_grace_period: 30s', 'stop_grace_period: 30'],
    ['a condition that does not exist', 'condition: service_healthy', 'condition: service_well'],
    ['a port that is none', "'127.0.0.1:${MASKLOOP_PORT:-7280}:7280'", "'seven'"],
  ])('finds %s', async (_what, sound, broken) => {
    const text = await readFile(path.join(ROOT, 'docker-compose.yml'), 'utf8');
    expect(text).toContain(sound);
    await writeFile(path.join(folder, 'docker-compose.yml'), text.replace(sound, broken));
    expect((await compose.run(folder)).problems).not.toBe('');
  });

  it.each([
    ['an image of any release', { image: 'postgres:latest' }],
    ['an image without a release', { image: 'postgres' }],
    ['a service that nobody watches', { healthcheck: undefined }],
    ['a password in the environment', { environment: { POSTGRES_PASSWORD: 'temporal' } }],
    ['a port that others reach', { ports: ['7280:7280'] }],
    ['a worker that is called otherwise each time it is made', { command: ['worker'] }],
    ['the same where its command is one text', { command: 'worker --check' }],
  ])('finds %s', (_what, service) => {
    expect(problemsOf(service)).toHaveLength(1);
  });

  it('finds the worker of ours once its host name is left to chance', async () => {
    const text = await readFile(path.join(ROOT, 'docker-compose.yml'), 'utf8');
    await writeFile(path.join(folder, 'docker-compose.yml'), text.replace(/^ +hostname: .*\n/m, ''));
    expect((await compose.run(folder)).problems).toContain('service worker: has no hostname');
    expect(problemsOf({ command: ['worker'], hostname: 'maskloop-worker' })).toEqual([]);
    expect(problemsOf({ command: ['server'] })).toEqual([]);
  });

  it('lets a service end by itself without being watched, and a secret come from a file', () => {
    expect(problemsOf({ healthcheck: undefined, restart: 'on-failure:6' })).toEqual([]);
    expect(problemsOf({ environment: { POSTGRES_PASSWORD_FILE: '/run/secrets/x' } })).toEqual([]);
  });
});

describe('what the compose file relies on', () => {
  it('registers the search attributes that iterations write', async () => {
    const script = await readFile(path.join(ROOT, 'deploy/temporal/make-namespace.sh'), 'utf8');
    const registered = script.split('\n').filter((line) => /^Maskloop\w+ \w+$/.test(line));
    expect(registered).toEqual(Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => `${name} ${TYPES[type]}`));
  });

  it('passes on who may ask the server and whom it believes, and what is left out counts as not given', async () => {
    const { services } = composeFile.parse(
      parse(await readFile(path.join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }),
    );
    const given = Object.entries(services['server']?.environment ?? {});
    const passed = given.filter(([name, value]) => value === `\${${name}:-}`).map(([name]) => name);
    const access = await readFile(path.join(ROOT, 'src/config/access.ts'), 'utf8');
    const read = new Set(access.match(/MASKLOOP_(?:OIDC_\w+|TOKENS_FILE|TRUSTED_PROXIES|PUBLIC_URL)/g));
    expect(read.size).toBeGreaterThanOrEqual(8);
    expect([...read].filter((name) => !passed.includes(name))).toEqual([]);
    const env = { MASKLOOP_TOKEN: 'x'.repeat(16), MASKLOOP_HOST: '0.0.0.0' };
    const empty = Object.fromEntries(passed.map((name) => [name, '']));
    const [without, left] = [loadServerConfig(env), loadServerConfig({ ...empty, ...env })];
    expect({ ...left.access, token: null }).toEqual({ ...without.access, token: null });
    const named = { MASKLOOP_TRUSTED_PROXIES: '172.18.0.1', MASKLOOP_TOKENS_FILE: '/access/tokens' };
    expect(loadServerConfig({ ...empty, ...env, ...named }).access).toMatchObject({
      trustedProxies: ['172.18.0.1'],
      tokensFile: '/access/tokens',
    });
  });

  it('makes every secret that is mounted, different ones, in a folder that only its owner enters', async () => {
    await cp(path.join(ROOT, 'deploy'), path.join(folder, 'deploy'), { recursive: true });
    await writeFile(path.join(folder, 'token'), 'a-token-of-cvat');
    const make = () =>
      execFileSync('sh', ['deploy/make-secrets.sh'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    expect(make).toThrow('cvat_token: is missing');
    await cp(path.join(folder, 'token'), path.join(folder, 'secrets/cvat_token'));
    const before = await readSecrets();
    make();

    const text = await readFile(path.join(ROOT, 'docker-compose.yml'), 'utf8');
    const { secrets } = z
      .looseObject({ secrets: z.record(z.string(), z.object({ file: z.string() })) })
      .parse(parse(text, { merge: true }));
    expect(Object.values(secrets).map(({ file }) => file)).toEqual(
      Object.keys(secrets).map((name) => `./secrets/${name}`),
    );
    const made = await readSecrets();
    expect(made).toEqual(before);
    expect([...made.keys()].toSorted()).toEqual(Object.keys(secrets).toSorted());
    expect(new Set(made.values()).size).toBe(made.size);
    expect([...made.values()].every((secret) => secret.length >= 15)).toBe(true);
    expect((await stat(path.join(folder, 'secrets'))).mode & 0o777).toBe(0o700);
  });
});

async function readSecrets(): Promise<ReadonlyMap<string, string>> {
  const dir = path.join(folder, 'secrets');
  const names = await readdir(dir);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(dir, name), 'utf8')] as const)),
  );
}
