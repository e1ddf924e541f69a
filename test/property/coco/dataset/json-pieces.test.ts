import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../kit/seeded-properties.ts';
import { isMaskloopError } from '../../../../src/contracts/error.ts';
import { jsonPieces } from '../../../../src/coco/dataset/json-pieces.ts';

/** The document put together again from its pieces. */
function assembled(bytes: Uint8Array): Record<string, unknown> {
  const lists = new Map<string, unknown[]>();
  const members: [string, unknown][] = [];
  for (const piece of jsonPieces(bytes, 'a.json')) {
    if (piece.kind === 'member') members.push([piece.member, piece.value]);
    else if (piece.kind === 'item') expect(lists.get(piece.member)?.push(piece.value)).toBe(piece.index + 1);
    else {
      lists.set(piece.member, []);
      members.push([piece.member, lists.get(piece.member)]);
    }
  }
  return Object.fromEntries(members);
}

const tricky = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('"', '\\', '\\"', '[{', '}],', 'ü\\\\"'));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    tricky,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(null, true),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('any'), { maxLength: 4 }),
  object: fc.dictionary(tricky, tie('any'), { maxKeys: 4 }),
}));

describe('jsonPieces', () => {
  it('gives the parts of every object that JSON.parse reads, however it is laid out', () => {
    fc.assert(
      fc.property(value.object, fc.constantFrom(undefined, 1, '\t', ' \n '), (document, indent) => {
        const text = JSON.stringify(document, null, indent);
        const expected = JSON.parse(text) as Record<string, unknown>;
        expect(Object.entries(assembled(Buffer.from(`\r\n ${text}\n`)))).toEqual(Object.entries(expected));
      }),
      { numRuns: 400 },
    );
  });

  it('reads what JSON.parse reads and names the rest, whatever is done to the text', () => {
    const edit = fc.record({
      at: fc.nat(),
      cut: fc.nat(2),
      put: fc.constantFrom('', '"', '\\', '[', ']', '{', '}', ',', ':', '1'),
    });
    fc.assert(
      fc.property(value.object, edit, (document, { at, cut, put }) => {
        const whole = JSON.stringify(document);
        const place = at % (whole.length + 1);
        const text = whole.slice(0, place) + put + whole.slice(place + cut);
        const bytes = Buffer.from(text);
        let expected: unknown = null;
        try {
          expected = JSON.parse(bytes.toString());
        } catch {
          // No JSON.
        }
        const isObject = typeof expected === 'object' && expected !== null && !Array.isArray(expected);
        try {
          const found = assembled(bytes);
          expect(isObject).toBe(true);
          expect(Object.entries(found)).toEqual(Object.entries(expected ?? {}));
        } catch (error) {
          if (!isMaskloopError(error, 'InvalidDataset')) throw error;
          // A member that comes twice is refused, where JSON.parse takes the last.
          expect(isObject && !error.message.includes('two members')).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
