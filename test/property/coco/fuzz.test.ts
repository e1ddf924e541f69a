import { describe, expect, it } from '@jest/globals';
import { DAMAGES } from '../../kit/fuzz/damage.ts';
import { fuzzCase, type FuzzOutcome } from '../../kit/fuzz/fuzz-case.ts';

const CASES = 500;

function run(seed: number): FuzzOutcome[] {
  return Array.from({ length: CASES }, (_, number) => fuzzCase(seed, number));
}

describe('damaged PNGs of every layout', () => {
  it('give a named failure or the right answer, with every kind of damage and of end', () => {
    const outcomes = run(1);
    expect(new Set(outcomes.map(({ damage }) => damage))).toEqual(new Set(Object.keys(DAMAGES)));
    const ends = ['CorruptPng', 'ImageTooLarge', 'NotAPng', 'TruncatedPng', 'right'];
    expect([...new Set(outcomes.map(({ byColours }) => byColours))].toSorted()).toEqual(ends);
    expect([...new Set(outcomes.map(({ byValues }) => byValues))].toSorted()).toEqual(['ColourImage', ...ends]);
  });

  it('do so with a seed of this run, which is printed', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    process.stderr.write(
      `fuzz: ${CASES} cases with seed ${seed} (again: npm run fuzz:png -- --seed ${seed} --cases ${CASES})\n`,
    );
    expect(run(seed)).toHaveLength(CASES);
  });

  it('are the same for the same seed and number', () => {
    expect(fuzzCase(5, 77)).toEqual(fuzzCase(5, 77));
  });
});
