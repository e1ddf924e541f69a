import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { overlapByClass } from '../../../src/coco/compare.ts';
import { maskRuns } from '../../../src/coco/mask-runs.ts';
import { runOverlap } from '../../../src/coco/run-overlap.ts';

/** Two masks of one size with values from 0 to 3. */
const pair = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })).chain(([width, height]) => {
  const values = fc
    .array(fc.nat(3), { minLength: width * height, maxLength: width * height })
    .map((list) => ({ width, height, values: Uint8Array.from(list) }));
  return fc.tuple(values, values);
});

describe('runOverlap', () => {
  it('agrees with counting the pixels', () => {
    fc.assert(
      fc.property(pair, ([first, second]) => {
        const counted = overlapByClass(first, second);
        const [a, b] = [maskRuns(first), maskRuns(second)];
        const nothing = [first.values.length];
        for (const [id, expected] of counted) {
          const runsOf = (all: typeof a) => all.find(({ value }) => value === id)?.runs ?? nothing;
          expect(runOverlap(runsOf(a), runsOf(b))).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes runs of no length, at the start and between', () => {
    expect(runOverlap([0, 4], [1, 1, 0, 1, 1])).toEqual({ both: 2, a: 4, b: 2 });
  });
});
