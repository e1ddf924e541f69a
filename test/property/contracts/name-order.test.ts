import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { compareNames } from '../../../src/contracts/name-order.ts';

/** Names that begin alike and differ in characters of one to four bytes. */
const name = fc.string({
  unit: fc.constantFrom('a', '-', '/', 'é', '\uD7FF', '\uE000', '\uFF5E', '\u{10000}', '\u{1F600}'),
});

describe('the order of names', () => {
  it('is that of their UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ unit: 'binary' })), name, (a, b) => {
        expect(Math.sign(compareNames(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      { numRuns: 2000 },
    );
  });
});
