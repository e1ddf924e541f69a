import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { parseDuration, writeDuration } from '../../../src/notation/duration.ts';

describe('a duration', () => {
  it.each([
    [0, '0s'],
    [1500, '1500ms'],
    [90_000, '90s'],
    [3_600_000, '1h'],
    [5_400_000, '90m'],
    [14 * 86_400_000, '14d'],
  ])('of %d ms is written %s', (milliseconds, text) => {
    expect(writeDuration(milliseconds)).toBe(text);
  });

  it('is read as it was written', () => {
    fc.assert(fc.property(fc.nat(1e12), (ms) => expect(parseDuration(writeDuration(ms))).toBe(ms)));
  });
});
