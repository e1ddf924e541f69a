import { describe, expect, it } from '@jest/globals';
import type { Check, Findings } from '../../../scripts/check/check.ts';
import { runChecks } from '../../../scripts/check/run-checks.ts';

function check(title: string, findings: Findings | Error): Check {
  return {
    title,
    run: async () => {
      if ('files' in findings) return findings;
      throw findings;
    },
  };
}

async function printed(checks: readonly Check[]): Promise<{ failed: readonly string[]; text: string }> {
  let text = '';
  const failed = await runChecks('/', checks, (part) => (text += part));
  return { failed, text };
}

describe('runChecks', () => {
  it('says for each check how many files it read and how long it took', async () => {
    const { failed, text } = await printed([check('types', { files: 12, problems: '', note: 'median 44 lines' })]);
    expect(failed).toEqual([]);
    expect(text).toMatch(/^ok +types +12 files +0\.0 s, median 44 lines\nall 1 checks passed\n$/);
  });

  it('fails a check that read no file, whatever it says', async () => {
    const { failed, text } = await printed([check('idle', { files: 0, problems: '' })]);
    expect(failed).toEqual(['idle']);
    expect(text).toContain('It read no file.');
  });

  it('runs the checks after one that fails or throws, and names all that failed', async () => {
    const { failed, text } = await printed([
      check('first', { files: 3, problems: 'a.ts is wrong\nb.ts too' }),
      check('broken', new Error('not installed')),
      check('last', { files: 1, problems: '' }),
    ]);
    expect(failed).toEqual(['first', 'broken']);
    expect(text).toContain('a.ts is wrong');
    expect(text).toContain('not installed');
    expect(text).toMatch(/^ok +last/m);
    expect(text).toMatch(/failed: first, broken\n$/);
  });
});
