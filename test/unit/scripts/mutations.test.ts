import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { applyMutation } from '../../../scripts/mutations/mutation.ts';
import { ODDITIES } from '../../../scripts/mutations/oddities.ts';

const ALL = ODDITIES.flatMap(({ mutations }) => mutations);
const root = new URL('../../../', import.meta.url);

describe('the list of oddities that are taken out of the stand-ins', () => {
  it.each(ALL)('still finds the place and the tests of: $oddity', (mutation) => {
    const source = readFileSync(new URL(mutation.file, root), 'utf8');
    const changed = applyMutation(source, mutation);
    expect(changed).not.toBe(source);
    expect(mutation.suites.length).toBeGreaterThan(0);
    for (const { file } of mutation.suites) expect([file, existsSync(new URL(file, root))]).toEqual([file, true]);
  });

  it('names each oddity once', () => {
    expect(new Set(ALL.map(({ oddity }) => oddity)).size).toBe(ALL.length);
  });

  it('refuses a place that is there twice or not at all', () => {
    const mutation = { oddity: '', file: 'f.ts', find: 'a', replace: 'b' };
    expect(applyMutation('xay', mutation)).toBe('xby');
    expect(() => applyMutation('aa', mutation)).toThrow('2 times');
    expect(() => applyMutation('xx', mutation)).toThrow('0 times');
  });
});
