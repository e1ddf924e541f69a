import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadClientConfig, loadWorkerConfig } from '../../../src/config.ts';
import { isMaskloopError } from '../../../src/contracts/error.ts';

const SECRET = 'do-not-show-me';

const loadDefault = (settings: Record<string, string>) => loadWorkerConfig(env(settings)).connections.get('default');
let folder = '';
let secretFile = '';
let emptyFile = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'maskloop-config-'));
  secretFile = path.join(folder, 'secret');
  emptyFile = path.join(folder, 'empty');
  writeFileSync(secretFile, `${SECRET}\n`);
  writeFileSync(emptyFile, ' \n');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** HOME points nowhere, so that no file of the person who runs the tests is read. */
function env(settings: Record<string, string>): Record<string, string> {
  return { HOME: path.join(folder, 'home'), ...settings };
}

const CVAT = { CVAT_URL: 'https://cvat.test', CVAT_TOKEN: SECRET };

/** Settings with a problem, in order. */
function problemsOf(
  settings: Record<string, string>,
  load: (settings: Record<string, string>) => unknown = loadWorkerConfig,
): readonly string[] {
  try {
    load(env(settings));
  } catch (error) {
    if (!isMaskloopError(error, 'InvalidConfiguration')) throw error;
    const shown = `${error.message} ${JSON.stringify(error.facts)}`;
    expect(shown).not.toContain(SECRET);
    const problems = error.facts['problems'] as unknown as { setting: string; problem: string }[];
    for (const { setting, problem } of problems) expect(error.message).toContain(`${setting} ${problem}`);
    return problems.map(({ setting }) => setting);
  }
  return [];
}

describe('loadWorkerConfig', () => {
  it('reads everything that is set', async () => {
    const headersFile = path.join(folder, 'headers');
    writeFileSync(headersFile, '# proxy\nX-Proxy-Key: a:b\n\nX-Team: blue\r\n');
    const config = loadWorkerConfig(
      env({
        CVAT_URL: 'http://cvat.test:8080/base//',
        CVAT_PUBLIC_URL: 'https://annotate.test/',
        CVAT_USERNAME: 'worker',
        CVAT_PASSWORD: SECRET,
        CVAT_ORG: 'lab',
        CVAT_HEADERS_FILE: headersFile,
        MONAI_LABEL_URL: 'http://monai.test:8000/',
        MONAI_LABEL_VERSION: '0.8.5 with our patch',
        MASKLOOP_STORE: '/data/store',
        TEMPORAL_ADDRESS: 'temporal.test:7233',
        TEMPORAL_NAMESPACE: 'team',
      }),
    );
    const { cvat, monai } = config.connections.get('default') ?? {};
    expect(cvat).toMatchObject({
      url: 'http://cvat.test:8080/base',
      publicUrl: 'https://annotate.test',
      organization: 'lab',
    });
    expect(cvat?.headers()).toEqual({ 'x-proxy-key': 'a:b', 'x-team': 'blue' });
    await expect(cvat?.credentials()).resolves.toEqual({
      kind: 'password',
      username: 'worker',
      password: SECRET,
    });
    expect(monai?.url).toBe('http://monai.test:8000');
    expect(monai?.headers()).toEqual({});
    expect(monai?.statedVersion).toBe('0.8.5 with our patch');
    expect(config.store).toBe('/data/store');
    expect(config.temporal).toMatchObject({ address: 'temporal.test:7233', namespace: 'team' });
    expect(config.temporal.connectionOptions.address).toBe('temporal.test:7233');
  });

  it('has defaults for all but CVAT', () => {
    const config = loadWorkerConfig(env(CVAT));
    const { cvat, monai } = loadDefault(CVAT) ?? {};
    expect(cvat?.publicUrl).toBe('https://cvat.test');
    expect(cvat?.organization).toBeNull();
    expect(monai).toBeNull();
    expect(config.store).toBe(path.join(folder, 'home/.local/share/maskloop-store'));
    expect(config.temporal).toMatchObject({ address: 'localhost:7233', namespace: 'default' });
  });

  it('puts the store under an absolute XDG_DATA_HOME, ignores a relative one, and keeps addresses as they are', () => {
    expect(loadClientConfig(env({ XDG_DATA_HOME: '/xdg' })).store).toBe('/xdg/maskloop-store');
    expect(loadClientConfig(env({ XDG_DATA_HOME: 'xdg' })).store).toContain('home/.local/share');
    expect(loadClientConfig(env({ MASKLOOP_STORE: 's3://b/p' })).store).toBe('s3://b/p');
    expect(loadClientConfig(env({ MASKLOOP_STORE: 'here' })).store).toBe(path.resolve('here'));
  });

  it('reads a secret file again each time the login is needed, and says when it is gone', async () => {
    const file = path.join(folder, 'rotating');
    writeFileSync(file, 'first\n');
    const { cvat } = loadDefault({ CVAT_URL: 'https://cvat.test', CVAT_TOKEN_FILE: file }) ?? {};
    await expect(cvat?.credentials()).resolves.toEqual({ kind: 'token', token: 'first' });
    writeFileSync(file, 'second\n');
    await expect(cvat?.credentials()).resolves.toEqual({ kind: 'token', token: 'second' });
    rmSync(file);
    await expect(cvat?.credentials()).rejects.toMatchObject({ code: 'InvalidConfiguration' });
  });

  it('takes the API key of Temporal from a file and switches TLS on with it', () => {
    const { connectionOptions } = loadClientConfig(env({ TEMPORAL_API_KEY_FILE: secretFile })).temporal;
    expect(connectionOptions.apiKey).toBe(SECRET);
    expect(connectionOptions.tls).toBe(true);
  });

  it('does not look at CVAT and MONAI Label for commands that use neither', () => {
    const config = loadClientConfig(env({ CVAT_URL: 'nonsense', MONAI_LABEL_URL: 'nonsense' }));
    expect(config.temporal.namespace).toBe('default');
  });

  it('reports all problems at once', () => {
    const settings = { CVAT_URL: 'cvat', CVAT_USERNAME: 'u', MONAI_LABEL_URL: 'ftp://m', TEMPORAL_PROFILE: 'absent' };
    expect(problemsOf(settings)).toEqual(['CVAT_URL', 'CVAT_PASSWORD', 'MONAI_LABEL_URL', 'TEMPORAL_*']);
  });

  it.each<[string, Record<string, string>, string]>([
    ['no CVAT', { CVAT_TOKEN: SECRET }, 'CVAT_URL'],
    ['a blank CVAT', { ...CVAT, CVAT_URL: '  ' }, 'CVAT_URL'],
    ['no login', { CVAT_URL: 'https://c' }, 'CVAT_TOKEN'],
    ['a password without a name', { CVAT_URL: 'https://c', CVAT_PASSWORD: SECRET }, 'CVAT_USERNAME'],
    ['two kinds of login', { ...CVAT, CVAT_USERNAME: 'u', CVAT_PASSWORD: SECRET }, 'CVAT_TOKEN'],
    ['a login in an address', { ...CVAT, CVAT_URL: `https://u:${SECRET}@c` }, 'CVAT_URL'],
    ['a query in an address', { ...CVAT, CVAT_PUBLIC_URL: `https://c?key=${SECRET}` }, 'CVAT_PUBLIC_URL'],
    ['an address that is a secret', { ...CVAT, CVAT_URL: SECRET }, 'CVAT_URL'],
    ['a missing MONAI Label scheme', { ...CVAT, MONAI_LABEL_URL: 'monai:8000' }, 'MONAI_LABEL_URL'],
  ])('refuses %s', (_, settings, setting) => {
    expect(problemsOf(settings)).toEqual([setting]);
  });

  it('refuses files that are missing, empty, or given beside the value', () => {
    const token = { CVAT_URL: 'https://c' };
    expect(problemsOf({ ...token, CVAT_TOKEN_FILE: path.join(folder, 'absent') })).toEqual(['CVAT_TOKEN_FILE']);
    expect(problemsOf({ ...token, CVAT_TOKEN_FILE: emptyFile })).toEqual(['CVAT_TOKEN_FILE']);
    expect(problemsOf({ ...token, CVAT_TOKEN: SECRET, CVAT_TOKEN_FILE: secretFile })).toEqual(['CVAT_TOKEN']);
    expect(problemsOf({ ...CVAT, CVAT_HEADERS_FILE: path.join(folder, 'absent') })).toEqual(['CVAT_HEADERS_FILE']);
  });

  it('names the line of a header that is none, and not what stands there', () => {
    const file = path.join(folder, 'bad-headers');
    writeFileSync(file, `X-Good: yes\n${SECRET}\nbad name: ${SECRET}\n`);
    expect(problemsOf({ ...CVAT, CVAT_HEADERS_FILE: file })).toEqual(['CVAT_HEADERS_FILE', 'CVAT_HEADERS_FILE']);
  });

  it('does not quote a broken Temporal profile file', () => {
    const file = path.join(folder, 'temporal.toml');
    writeFileSync(file, `[profile.default]\napi_key = "${SECRET}" broken\n`);
    expect(problemsOf({ TEMPORAL_CONFIG_FILE: file }, loadClientConfig)).toEqual(['TEMPORAL_*']);
  });

  it('reads the profile file of Temporal, and variables over it', () => {
    const file = path.join(folder, 'good.toml');
    writeFileSync(file, '[profile.default]\naddress = "file:1"\nnamespace = "from-file"\n');
    const settings = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_ADDRESS: 'variable:2' };
    const { temporal } = loadClientConfig(env(settings));
    expect(temporal).toMatchObject({ address: 'variable:2', namespace: 'from-file' });
  });
});
