import { describe, expect, it } from '@jest/globals';
import { parseDuration, parseInterval, wholeNumber } from '../../../src/cli/arguments.ts';

describe('arguments', () => {
  it.each([
    ['1500ms', 1500],
    ['90s', 90_000],
    ['5m', 300_000],
    ['5min', 300_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
    [' 1 s ', 1000],
  ])('take %s as %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '5', '-5s', '5 weeks', 's', '1e3s', '5s5', '٣s'])('refuse %p as a duration', (text) => {
    expect(() => parseDuration(text)).toThrow(/number and a unit/);
  });

  it('refuse to poll more often than once a second', () => {
    expect(parseInterval('1s')).toBe(1000);
    expect(() => parseInterval('999ms')).toThrow(/At least/);
  });

  it('take whole numbers of a range only', () => {
    const port = wholeNumber(0, 65_535);
    expect(port('0')).toBe(0);
    expect(port('65535')).toBe(65_535);
    for (const text of ['-1', '65536', '1.5', '1e3', '', 'x', '0x10']) expect(() => port(text)).toThrow(/whole number/);
  });
});
