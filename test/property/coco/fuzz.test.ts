import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { DAMAGES } from '../../kit/fuzz/damage.ts';
import { fuzzCase, type FuzzOutcome } from '../../kit/fuzz/fuzz-case.ts';
import { largeCase } from '../../kit/fuzz/large-case.ts';

/** Few cases, of a seed under which they meet every kind of damage and of end; `npm run fuzz:png` has the many. */
const [SEED, CASES] = [6, 120];
const [SEED_OUTSIDE, CASES_OUTSIDE] = [11, 200];
const [LARGE_SEED, LARGE_CASES] = [3, 25];
const SCRIPT = fileURLToPath(new URL('../../../scripts/fuzz-png.ts', import.meta.url));

describe('damaged PNGs of every layout', () => {
  it('give a named failure or the right answer, with every kind of damage and of end', () => {
    const outcomes = Array.from({ length: CASES }, (_, number): FuzzOutcome => fuzzCase(SEED, number));
    expect(new Set(outcomes.map(({ damage }) => damage))).toEqual(new Set(Object.keys(DAMAGES)));
    const ends = ['CorruptPng', 'ImageTooLarge', 'NotAPng', 'TruncatedPng', 'right'];
    expect([...new Set(outcomes.map(({ byColours }) => byColours))].toSorted()).toEqual(ends);
    expect([...new Set(outcomes.map(({ byValues }) => byValues))].toSorted()).toEqual(['ColourImage', ...ends]);
  });

  it('do so in a process of its own that may not grow, among them large headers without a body', async () => {
    const args = ['--import', 'tsx', SCRIPT, '--cases', String(CASES_OUTSIDE), '--seed', String(SEED_OUTSIDE)];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } });
    expect(stdout).toContain(`${CASES_OUTSIDE} cases: a named failure or the right answer each`);
    expect(stdout).toMatch(
      /\d {2}large, [a-zA-Z0-9 -]+, by (values|colours): (CorruptPng|ImageTooLarge|ColourImage)\n/,
    );
  }, 240_000);

  it('refuse what no body fills, whatever the header declares, with every kind of body', () => {
    const outcomes = Array.from({ length: LARGE_CASES }, (_, number) => largeCase(LARGE_SEED, number));
    expect(new Set(outcomes.map(({ byColours }) => byColours))).toEqual(new Set(['CorruptPng', 'ImageTooLarge']));
    expect(new Set(outcomes.map(({ damage }) => damage)).size).toBe(8);
  });

  it('are the same for the same seed and number', () => {
    expect(fuzzCase(5, 77)).toEqual(fuzzCase(5, 77));
  });
});
