import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { isMaskloopError } from '../../../src/contracts/error.ts';
import { maskRuns } from '../../../src/coco/mask-runs.ts';
import { decodeCounts, encodeCounts } from '../../../src/coco/rle.ts';
import { arbitraryMask } from '../../kit/png-arbitrary.ts';

const MAX_RUN = 2 ** 31 - 1;
const run = fc.oneof(fc.nat(40), fc.nat(MAX_RUN), fc.constantFrom(0, 15, 16, 31, 32, 511, 512, MAX_RUN));

describe('counts', () => {
  it('come back from their text, whatever the runs', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 200 }), (runs) => {
        expect(decodeCounts(encodeCounts(runs))).toEqual(runs);
      }),
      { numRuns: 500 },
    );
  });

  it('are refused by name or unpacked to runs in range, whatever the text', () => {
    const character = fc.integer({ min: 46, max: 114 }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(
        fc.array(character).map((characters) => characters.join('')),
        (text) => {
          try {
            expect(decodeCounts(text).every((length) => Number.isInteger(length) && length >= 0)).toBe(true);
          } catch (error) {
            if (!isMaskloopError(error, 'InvalidRle')) throw error;
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('maskRuns', () => {
  it('agrees with looking at every pixel', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 3, 255, 65_535).chain((max) => arbitraryMask(max, 16)),
        (mask) => {
          const { width, height, values } = mask;
          const columns = Array.from(values, (_, at) => values[(at % height) * width + Math.floor(at / height)]!);
          const ids = [...new Set(values)].filter((id) => id > 0).toSorted((a, b) => a - b);
          const expected = ids.map((value) => {
            const xs = columns.flatMap((found, at) => (found === value ? [Math.floor(at / height)] : []));
            const ys = columns.flatMap((found, at) => (found === value ? [at % height] : []));
            const [x, y] = [Math.min(...xs), Math.min(...ys)];
            const bbox = [x, y, Math.max(...xs) - x + 1, Math.max(...ys) - y + 1];
            return { value, runs: runsOf(columns.map((found) => found === value)), area: xs.length, bbox };
          });
          expect(maskRuns(mask).map((found) => ({ ...found, runs: [...found.runs] }))).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});

function runsOf(bits: readonly boolean[]): number[] {
  const runs = [0];
  let current = false;
  for (const bit of bits) {
    if (bit !== current) runs.push(0);
    current = bit;
    runs[runs.length - 1]! += 1;
  }
  return runs;
}
