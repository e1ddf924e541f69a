import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConnectionNames, loadWorkerConfig } from '../../../src/config.ts';
import { isMaskloopError } from '../../../src/contracts/error.ts';

const SECRET = 'do-not-show-me';
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'maskloop-connections-'));
  writeFileSync(path.join(folder, 'token'), `${SECRET}\n`);
  writeFileSync(path.join(folder, 'headers'), 'X-Gate: one\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

function env(text: string, more: Record<string, string> = {}): Record<string, string> {
  const file = path.join(folder, 'connections.yaml');
  writeFileSync(file, text);
  return { HOME: folder, MASKLOOP_CONNECTIONS: file, ...more };
}

/** `place problem` of all problems, none of which shows a secret. */
function problemsOf(text: string, more: Record<string, string> = {}): readonly string[] {
  try {
    loadWorkerConfig(env(text, more));
  } catch (error) {
    if (!isMaskloopError(error, 'InvalidConfiguration')) throw error;
    expect(`${error.message} ${JSON.stringify(error.facts)}`).not.toContain(SECRET);
    const problems = error.facts['problems'] as unknown as { setting: string; problem: string }[];
    return problems.map(({ setting, problem }) => `${setting} ${problem}`);
  }
  return [];
}

const NORTH = `north:
  cvat:
    url: https://north.test/cvat/
    publicUrl: https://annotate.north.test
    organization: lab
    tokenFile: token
    headersFile: headers
  monai:
    url: http://monai.north.test:8000
    version: '0.8.5'
`;

describe('the file of connections', () => {
  it('describes connections beside the default one, with files named from its own folder', async () => {
    const { connections } = loadWorkerConfig(env(NORTH, { CVAT_URL: 'https://c', CVAT_TOKEN: SECRET }));
    expect([...connections.keys()]).toEqual(['default', 'north']);
    const north = connections.get('north');
    expect(north?.cvat).toMatchObject({
      url: 'https://north.test/cvat',
      publicUrl: 'https://annotate.north.test',
      organization: 'lab',
    });
    await expect(north?.cvat.credentials()).resolves.toEqual({ kind: 'token', token: SECRET });
    expect(north?.cvat.headers()).toEqual({ 'x-gate': 'one' });
    expect(north?.monai).toMatchObject({ url: 'http://monai.north.test:8000', statedVersion: '0.8.5' });
  });

  it('may be JSON, may take secrets from variables, and makes CVAT_URL unnecessary', async () => {
    const cvat = { url: 'https://s', username: 'maya', passwordEnv: 'SOUTH_PASSWORD' };
    const { connections } = loadWorkerConfig(env(JSON.stringify({ south: { cvat } }), { SOUTH_PASSWORD: SECRET }));
    expect([...connections.keys()]).toEqual(['south']);
    const login = { kind: 'password', username: 'maya', password: SECRET };
    await expect(connections.get('south')?.cvat.credentials()).resolves.toEqual(login);
  });

  it('has all its problems told at once, with line and key, beside those of the environment', () => {
    const text = `north:
  cvat:
    url: north
    tokenFile: absent
south:
  cvat:
    url: https://s
    username: maya
west:
  cvat:
    url: https://w
    tokenEnv: WEST_TOKEN
`;
    expect(problemsOf(text, { CVAT_URL: 'https://c' })).toEqual([
      'CVAT_TOKEN is not set, and neither are CVAT_USERNAME and CVAT_PASSWORD; set one kind of login.',
      'connections.yaml:3 north.cvat.url is not an address; write it like https://host or http://host:8080.',
      expect.stringContaining('connections.yaml:4 north.cvat.tokenFile names a file that cannot be read'),
      'connections.yaml:6 south.cvat.passwordEnv is not set; a login needs both cvat.username and cvat.passwordEnv.',
      'connections.yaml:12 west.cvat.tokenEnv names a variable that is not set: WEST_TOKEN',
    ]);
  });

  it.each([
    [
      'a secret in the file',
      `n:\n  cvat:\n    url: https://n\n    token: ${SECRET}\n`,
      'connections.yaml:4 n.cvat.token',
    ],
    [
      'a secret as a variable',
      `n:\n  cvat:\n    url: https://n\n    tokenEnv: ${SECRET}\n`,
      'connections.yaml:4 n.cvat.tokenEnv',
    ],
    ['the name default', `default:\n  cvat:\n    url: https://n\n    tokenFile: token\n`, 'connections.yaml:1 default'],
    ['a name with a slash', `a/b:\n  cvat:\n    url: https://n\n    tokenFile: token\n`, 'connections.yaml:1 a/b'],
    ['a connection without CVAT', 'n:\n  monai:\n    url: https://n\n', 'connections.yaml:1 n.cvat is missing'],
    [
      'a number for an address',
      'n:\n  cvat:\n    url: 5\n    tokenFile: token\n',
      'connections.yaml:3 n.cvat.url must be a text',
    ],
    ['broken YAML', `n:\n  cvat: [${SECRET}\n`, 'MASKLOOP_CONNECTIONS is no YAML in line'],
    ['the same name twice', `${NORTH}${NORTH}`, 'MASKLOOP_CONNECTIONS is no YAML in line 11'],
    ['an empty file', '', 'MASKLOOP_CONNECTIONS holds no connections'],
    ['an empty map', '{}', 'MASKLOOP_CONNECTIONS holds no connections'],
  ])('is refused with %s', (_, text, start) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(start);
  });

  it('is refused when it is not there', () => {
    const problems = problemsOf(NORTH, { MASKLOOP_CONNECTIONS: path.join(folder, 'gone.yaml') });
    expect(problems).toEqual([expect.stringContaining('MASKLOOP_CONNECTIONS names a file that cannot be read')]);
  });

  it('gives its names without a look at secrets; without a file none are known', () => {
    rmSync(path.join(folder, 'token'));
    expect(loadConnectionNames(env(NORTH))).toEqual(['default', 'north']);
    expect(loadConnectionNames({ HOME: folder })).toBeNull();
  });
});

describe('a file of headers', () => {
  it('is read again when it has changed, and keeps what it gave while it is gone or wrong', () => {
    const headers = loadWorkerConfig(env(NORTH)).connections.get('north')?.cvat.headers;
    writeFileSync(path.join(folder, 'headers'), 'X-Gate: second\n');
    expect(headers?.()).toEqual({ 'x-gate': 'second' });
    writeFileSync(path.join(folder, 'headers'), 'nonsense');
    expect(headers?.()).toEqual({ 'x-gate': 'second' });
    rmSync(path.join(folder, 'headers'));
    expect(headers?.()).toEqual({ 'x-gate': 'second' });
    writeFileSync(path.join(folder, 'headers'), 'X-Gate: the third\n');
    expect(headers?.()).toEqual({ 'x-gate': 'the third' });
  });
});

describe('a trainer of your own', () => {
  const SOUTH = `south:
  cvat: { url: https://s, tokenFile: token }
  trainer:
    command: [python3, main.py]
    folder: trainer
    models: { segmentation: { instrument: 1, fat: 2 } }
`;

  it('stands under a connection, its folder named from the folder of the file', () => {
    const { connections } = loadWorkerConfig(env(SOUTH));
    expect(connections.get('south')?.trainer).toEqual({
      command: ['python3', 'main.py'],
      folder: path.join(folder, 'trainer'),
      models: { segmentation: { instrument: 1, fat: 2 } },
    });
  });

  it('of the default connection stands in a file of its own', () => {
    const file = path.join(folder, 'trainer.json');
    writeFileSync(file, JSON.stringify({ command: ['train'], folder: '.', models: { m: { a: 1 } } }));
    const settings = { HOME: folder, CVAT_URL: 'https://c', CVAT_TOKEN: SECRET, MASKLOOP_TRAINER: file };
    expect(loadWorkerConfig(settings).connections.get('default')?.trainer?.folder).toBe(folder);
  });

  it('is refused beside a MONAI Label, without a program or model, and with one value for two labels', () => {
    expect(problemsOf(SOUTH.replace('  trainer:', '  monai: { url: http://m }\n  trainer:'))).toEqual([
      expect.stringMatching(/^connections\.yaml:4 south\.trainer names a second trainer/),
    ]);
    const wrong = SOUTH.replace('[python3, main.py]', '[]').replace('fat: 2', 'fat: 1');
    expect(problemsOf(wrong)).toEqual([
      'connections.yaml:4 south.trainer.command must name a program.',
      'connections.yaml:6 south.trainer.models.segmentation gives one value to two labels.',
    ]);
    const file = path.join(folder, 'broken.yaml');
    writeFileSync(file, 'command: [x]\nfolder: .\n');
    expect(problemsOf(NORTH, { MASKLOOP_TRAINER: file })).toEqual([
      expect.stringMatching(/^MASKLOOP_TRAINER names .*broken\.yaml, where models is wrong/),
    ]);
  });
});
