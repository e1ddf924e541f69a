import { describe, expect, it } from '@jest/globals';
import { decodeCounts, encodeCounts } from '../../../src/coco/rle.ts';
import { failureOf } from './failure-of.ts';

/** Each pair was produced by pycocotools 2.0.11. */
const PACKED_BY_PYCOCOTOOLS: [string, number[]][] = [
  ['01', [0, 1]],
  ['P1', [32]],
  ['?:', [15, 10]],
  ['`0o0P1F', [16, 31, 32, 21]],
  ['123Oj2', [1, 2, 3, 1, 93]],
  [':::nk40iSKej4', [10, 10, 10, 5000, 10, 1, 4959]],
  ['01104oa`n0NP\\Sg5bWRj3', [0, 1, 1, 1, 5, 1_000_000, 3, 7_000_000, 3_999_989]],
  ['ooooo71', [268_435_455, 1]],
];

describe('encodeCounts', () => {
  it.each(PACKED_BY_PYCOCOTOOLS)('packs to %j what pycocotools packs to it', (text, runs) => {
    expect(encodeCounts(runs)).toBe(text);
    expect(encodeCounts(Uint32Array.from(runs))).toBe(text);
  });

  it('packs no runs to no text', () => {
    expect(encodeCounts([])).toBe('');
  });

  it('packs many long runs, whose text outgrows the first guess of its length', () => {
    const runs = Array.from({ length: 1000 }, (_, index) => (index % 4 < 2 ? 1 : 2 ** 31 - 1));
    expect(decodeCounts(encodeCounts(runs))).toEqual(runs);
  });

  it.each([-1, 1.5, 2 ** 31, NaN])('refuses a run of %p', async (run) => {
    expect(await failureOf(() => encodeCounts([1, run]))).toMatchObject({ code: 'InvalidRle', facts: { run: 1 } });
  });
});

describe('decodeCounts', () => {
  it.each(PACKED_BY_PYCOCOTOOLS)('unpacks %j', (text, runs) => {
    expect(decodeCounts(text)).toEqual(runs);
  });

  it.each([
    ['a character below the alphabet', '01/'],
    ['a character above the alphabet', '01p'],
    ['a character beyond ASCII', '0\u{1F600}'],
    ['a line break', '01\n'],
    ['a number without its end', '01P'],
    ['a number of eight groups', 'PPPPPPP0'],
    ['a number above 31 bits', 'oooooo2'],
    ['a negative run', 'O'],
    ['a difference that leads below zero', '0110N'],
  ])('refuses %s', async (_, text) => {
    expect((await failureOf(() => decodeCounts(text))).code).toBe('InvalidRle');
  });

  it('says at which character it stumbled', async () => {
    expect((await failureOf(() => decodeCounts('01 1'))).facts).toEqual({ offset: 2, code: 32 });
  });
});
