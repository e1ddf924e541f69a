import { describe, expect, it } from '@jest/globals';
import { sealRows } from '../../../src/cli/format/seal.ts';
import type { SealCheckRef } from '../../../src/contracts/seal.ts';
import { SEAL } from '../../kit/fake-activities.ts';

const CHECK: SealCheckRef = { checkedAt: SEAL.sealedAt, edits: 0, first: [], list: null, unchecked: null };

describe('the seal on a page', () => {
  it('is not mentioned before it is there', () => {
    expect(sealRows({})).toEqual([]);
  });

  it.each<[string, Partial<SealCheckRef>, string[]]>([
    ['nothing was changed', {}, ['nothing was changed']],
    ['nobody could look', { unchecked: 'CvatForbidden' }, ['not known: CvatForbidden']],
    [
      'people edited',
      {
        edits: 7,
        first: [
          { what: 'changed', job: 4, frame: 2, shapes: [91, 92] },
          { what: 'frame deleted', job: null, frame: 3, shapes: [] },
          { what: 'job removed', job: 5, frame: null, shapes: [] },
          { what: 'task removed', job: null, frame: null, shapes: [] },
        ],
      },
      [
        '7 edits that did not count',
        'changed: frame 2, job 4, shape 91, 92',
        'frame deleted: frame 3',
        'job removed: job 5',
        'task removed',
        'and 2 more',
      ],
    ],
  ])('says that %s since', (_, more, texts) => {
    const rows = sealRows({ seal: SEAL, sealCheck: { ...CHECK, ...more } });
    expect(rows[0]?.[0]).toBe('sealed');
    expect(rows[1]?.[0]).toBe('after the seal');
    expect(rows.slice(1).map(([, text]) => text)).toEqual(texts);
  });
});
