import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadServerConfig } from '../../../../src/config.ts';
import { attemptLimit } from '../../../../src/server/access/attempt-limit.ts';
import { knownTokens, sha256Of } from '../../../../src/server/access/known-tokens.ts';
import { parseTokenFile, watchTokenFile } from '../../../../src/server/access/token-file.ts';

const SHA = 'ab'.repeat(32);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-tokens-'));
});
afterEach(async () => rm(folder, { recursive: true }));

describe('a file of tokens', () => {
  it('is a line a token, or a JSON list', () => {
    const lines = `# who may ask\n\nana lead ${SHA} north,west # until May\nben viewer ${SHA.replace('a', 'c')}\n`;
    const entries = [
      { name: 'ana', role: 'lead', sha256: SHA, connections: ['north', 'west'] },
      { name: 'ben', role: 'viewer', sha256: SHA.replace('a', 'c'), connections: null },
    ];
    expect(parseTokenFile(lines)).toEqual(entries);
    const json = entries.map(({ connections, ...rest }) => (connections === null ? rest : { ...rest, connections }));
    expect(parseTokenFile(JSON.stringify(json))).toEqual(entries);
    expect(parseTokenFile('\n')).toEqual([]);
  });

  it.each([
    [`ana boss ${SHA}`, 'entry 1 is no token (role)'],
    [`ana lead ${SHA} north west`, 'entry 1'],
    ['ana lead the-token-itself', 'entry 1 is no token (sha256)'],
    [`ana lead ${SHA}\nana viewer ${SHA.replace('a', 'c')}`, 'same name'],
    [`ana lead ${SHA}\nben viewer ${SHA}`, 'same sha256'],
    ['[{', 'no JSON list'],
    [`[{"name":"ana","role":"lead","sha256":"${SHA}","connections":[]}]`, 'connections'],
  ])('cannot be %j, and is told so without what stands there', (text, problem) => {
    expect(() => parseTokenFile(text)).toThrow(problem);
    expect(() => parseTokenFile(text)).not.toThrow('the-token-itself');
  });

  it('is read again while the server runs; one that has become useless leaves the tokens as they were', async () => {
    const file = path.join(folder, 'tokens');
    await writeFile(file, `ana lead ${sha256Of('first')}`);
    let now = 0;
    const problems: string[] = [];
    const tokens = knownTokens(
      null,
      watchTokenFile(
        file,
        (text) => void problems.push(text),
        () => now,
      ),
    );
    expect([tokens.find('first')?.name, tokens.find('second')]).toEqual(['ana', null]);
    await writeFile(file, `ben viewer ${sha256Of('second')} north`);
    now += 2000;
    expect([tokens.find('first'), tokens.find('second')]).toMatchObject([null, { name: 'ben', role: 'viewer' }]);
    await rm(file);
    now += 2000;
    expect(tokens.find('second')?.connections).toEqual(['north']);
    now += 2000;
    expect([tokens.find('second')?.name, problems.length]).toEqual(['ben', 1]);
    expect(() => watchTokenFile(path.join(folder, 'missing'), () => undefined)).toThrow('MASKLOOP_TOKENS_FILE');
  });
});

describe('the settings of access', () => {
  const problemsOf = (env: Record<string, string>): string => {
    try {
      loadServerConfig(env);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const LONG = 'x'.repeat(40);

  it('refuse an address that others reach while nothing says who may ask', () => {
    expect(problemsOf({ MASKLOOP_HOST: '0.0.0.0' })).toContain('set MASKLOOP_TOKEN');
    for (const host of ['127.0.0.1', '::1', 'localhost']) expect(problemsOf({ MASKLOOP_HOST: host })).toBe('');
    expect(problemsOf({ MASKLOOP_HOST: '0.0.0.0', MASKLOOP_TOKEN: LONG })).toBe('');
    expect(problemsOf({ MASKLOOP_HOST: '0.0.0.0', MASKLOOP_TOKENS_FILE: '/t' })).toBe('');
  });

  it('refuse short secrets, an issuer without audience, and one whose keys come in the clear', () => {
    expect(problemsOf({ MASKLOOP_TOKEN: 'short' })).toMatch(/MASKLOOP_TOKEN must have 16/);
    expect(problemsOf({ MASKLOOP_SESSION_SECRET: LONG.slice(0, 31) })).toContain('MASKLOOP_SESSION_SECRET');
    expect(problemsOf({ MASKLOOP_OIDC_ISSUER: 'https://id.example' })).toContain('MASKLOOP_OIDC_AUDIENCE');
    const plain = { MASKLOOP_OIDC_ISSUER: 'http://id.example', MASKLOOP_OIDC_AUDIENCE: 'a' };
    expect(problemsOf(plain)).toContain('MASKLOOP_OIDC_ISSUER has to begin with https://');
    expect(problemsOf({ ...plain, MASKLOOP_OIDC_ISSUER: 'http://127.0.0.1:8080' })).toBe('');
    expect(problemsOf({ MASKLOOP_TRUSTED_PROXIES: 'proxy' })).toContain('MASKLOOP_TRUSTED_PROXIES');
    expect(problemsOf({ MASKLOOP_ROOTS: 'data' })).toContain('MASKLOOP_ROOTS');
  });
});

describe('a limit of attempts', () => {
  it('counts addresses apart, forgets after its time, and remembers no more of them than it may', () => {
    let now = 0;
    const limit = attemptLimit({ most: 2, windowMs: 100, addresses: 2 }, () => now);
    limit.failed('a');
    expect(limit.waitOf('a')).toBe(0);
    limit.failed('a');
    now = 40;
    expect([limit.waitOf('a'), limit.waitOf('b')]).toEqual([60, 0]);
    now = 100;
    expect(limit.waitOf('a')).toBe(0);
    for (const address of ['a', 'a', 'b', 'b', 'c']) limit.failed(address);
    expect([limit.waitOf('a'), limit.waitOf('b')]).toEqual([0, 100]);
  });
});
