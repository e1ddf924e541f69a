import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { PNG } from 'pngjs';
import { isMaskloopError } from '../../../src/contracts/error.ts';
import type { Mask } from '../../../src/coco/mask.ts';
import { readMask } from '../../../src/coco/read-mask.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';
import { arbitraryMask, arbitraryPng } from '../../kit/png-arbitrary.ts';
import { chunksOf, pngOf } from '../../kit/png-chunks.ts';

/** What may come of a damaged file. */
const DAMAGE = ['NotAPng', 'TruncatedPng', 'CorruptPng', 'ColourImage', 'ImageTooLarge'];

/** The code of the failure, or `right` if the values are those that were written. Anything else is thrown. */
function outcome(png: Buffer, mask: Mask): string {
  try {
    expect([...readMask(png, 'a.png').values]).toEqual([...mask.values]);
    return 'right';
  } catch (error) {
    if (isMaskloopError(error)) return error.code;
    throw error;
  }
}

describe('readMask', () => {
  it('gives the samples that were written, in every layout', () => {
    fc.assert(
      fc.property(arbitraryPng(), ({ mask, layout, png }) => {
        const read = readMask(png, 'a.png');
        expect([read.width, read.height]).toEqual([mask.width, mask.height]);
        expect(read.values.BYTES_PER_ELEMENT).toBe(layout.bitDepth === 16 ? 2 : 1);
        expect(Buffer.from(read.values).equals(Buffer.from(mask.values))).toBe(true);
        expect([...read.values]).toEqual([...mask.values]);
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with pngjs on plain 8-bit grey', () => {
    fc.assert(
      fc.property(
        arbitraryPng(20).filter(({ layout }) => layout.colourType === 0 && layout.bitDepth === 8),
        ({ png }) => {
          const theirs = PNG.sync.read(png).data.filter((_, index) => index % 4 === 0);
          expect([...readMask(png, 'a.png').values]).toEqual([...theirs]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('reads back what writeMask writes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(255, 65_535).chain((max) => arbitraryMask(max, 20)),
        fc.constantFrom('best', 'up'),
        (mask, filter) => {
          expect(readMask(writeMask(mask, filter), 'a.png')).toEqual(mask);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('names every bit flipped before the end chunk is complete', () => {
    fc.assert(
      fc.property(arbitraryPng(12), fc.nat(), ({ mask, png }, where) => {
        const damaged = Buffer.from(png);
        damaged[(where >> 3) % png.length]! ^= 1 << (where & 7);
        expect(DAMAGE).toContain(outcome(damaged, mask));
      }),
      { numRuns: 400 },
    );
  });

  it('names every file that is cut short', () => {
    fc.assert(
      fc.property(arbitraryPng(12), fc.double({ min: 0, max: 1, noNaN: true }), ({ mask, png }, share) => {
        expect(outcome(png.subarray(0, Math.floor(share * (png.length - 1))), mask)).toBe('TruncatedPng');
      }),
      { numRuns: 200 },
    );
  });

  it('names or survives damage that comes with right check sums', () => {
    const edits = fc.array(fc.record({ at: fc.nat(), byte: fc.nat(255) }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(arbitraryPng(12), fc.nat(), edits, ({ mask, png }, which, changes) => {
        const chunks = chunksOf(png);
        const chosen = which % chunks.length;
        const damaged = chunks.map(({ type, data }, index) => {
          const copy = Buffer.from(data);
          if (index === chosen) for (const { at, byte } of changes) copy[at % Math.max(1, copy.length)] = byte;
          return { type, data: copy };
        });
        const isHeader = chunks[chosen]?.type === 'IHDR';
        const result = isHeader ? headerOutcome(pngOf(damaged)) : outcome(pngOf(damaged), mask);
        expect([...DAMAGE, 'right']).toContain(result);
      }),
      { numRuns: 400 },
    );
  });
});

/** A header that lies consistently gives other values; only the manner of failing is asked. */
function headerOutcome(png: Buffer): string {
  try {
    readMask(png, 'a.png');
    return 'right';
  } catch (error) {
    if (isMaskloopError(error)) return error.code;
    throw error;
  }
}
