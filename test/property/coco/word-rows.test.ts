import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { AlignedRow } from '../../../src/coco/png/aligned-row.ts';
import { ChangedPixels } from '../../../src/coco/png/changed-pixels.ts';
import { collectRow } from '../../../src/coco/png/word-rows.ts';
import { unfilterRow } from '../../../src/coco/png/unfilter.ts';
import { maskRuns } from '../../../src/coco/mask-runs.ts';
import { readMask } from '../../../src/coco/read-mask.ts';
import { RunsReader } from '../../../src/coco/runs-reader.ts';
import { arbitraryPng, LAYOUT_KINDS } from '../../kit/png-arbitrary.ts';

/** Rows of stretches, as masks and their filtered bytes are: mostly zeros, some words of one byte, some noise. */
const stretch = fc.tuple(
  fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(255), fc.constantFrom(1, 128, 255)),
  fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60 })),
);
const bytesOf = (width: number) =>
  fc.array(stretch, { minLength: 1, maxLength: 12 }).map((all) => {
    const bytes = all.flatMap(([byte, times]) => Array<number>(times).fill(byte));
    return Uint8Array.from({ length: width }, (_, x) => bytes[x] ?? 0);
  });

const image = fc.integer({ min: 1, max: 90 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    rows: fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), bytesOf(width)), { minLength: 1, maxLength: 12 }),
  }),
);

describe('collectRow', () => {
  it('leaves the row that unfilterRow makes and collects where it differs from the row above, whatever the filtered bytes', () => {
    fc.assert(
      fc.property(image, ({ width, rows }) => {
        const stored = Uint8Array.from(rows.flatMap(([filter, bytes]) => [filter, ...bytes]));
        const storedWords = new Int32Array(stored.buffer, 0, stored.length >> 2);
        const changed = new ChangedPixels();
        const row = new AlignedRow(width);
        let above = new Uint8Array(width);
        for (const [y, [filter, bytes]] of rows.entries()) {
          changed.length = 0;
          changed.reserve(width);
          const start = y * (1 + width) + 1;
          expect(collectRow(filter, { stored, storedWords, row, changed, start, y })).toBe(true);
          const plain = bytes.slice();
          unfilterRow(filter, plain, above, 1);
          expect([...row.bytes.subarray(row.start, row.start + width)]).toEqual([...plain]);
          const expected = [...plain].flatMap((value, x) => (value === above[x] ? [] : [[x, y, value]]));
          const { xs, ys, values, length } = changed;
          expect(Array.from({ length }, (_, i) => [xs[i], ys[i], values[i]])).toEqual(expected);
          above = plain;
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('RunsReader', () => {
  it('finds the runs of readMask in every layout, one mask after the other in the same memory', () => {
    const reader = new RunsReader();
    const bytewise = LAYOUT_KINDS.filter(({ bitDepth }) => bitDepth === 8);
    fc.assert(
      fc.property(fc.oneof(arbitraryPng(), arbitraryPng(70, bytewise)), ({ png }) => {
        const mask = readMask(png, 'a.png');
        const { width, height } = mask;
        // An odd offset in memory, because nothing says where a file is read to.
        const moved = Buffer.concat([Buffer.alloc(1), png]).subarray(1);
        expect(reader.read(moved, 'a.png')).toEqual({ width, height, classes: maskRuns(mask) });
      }),
      { numRuns: 300 },
    );
  });
});
