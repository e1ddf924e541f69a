import { describe, expect, it } from '@jest/globals';
import type { DrawnShape } from '../../../../src/collect/compare/drawn-frame.ts';
import { matchFates, UNTOUCHED_SOURCES } from '../../../../src/collect/compare/match-fates.ts';

/** A stretch of pixels in a frame of 100: class, first pixel, number of pixels, source. */
function shape(category: number, from: number, pixels: number, source = 'auto'): DrawnShape {
  return { category, runs: [from, pixels, 100 - from - pixels], source };
}

/** `edited 1>` is of another class now. */
function fates(
  before: readonly DrawnShape[],
  after: readonly DrawnShape[],
  untouched: readonly string[] = UNTOUCHED_SOURCES.ours,
): string[] {
  return matchFates(before, after, untouched)
    .map(({ what, category, relabelled }) => `${what} ${category}${relabelled ? '>' : ''}`)
    .toSorted((a, b) => a.localeCompare(b));
}

const OLD = shape(1, 10, 20);

describe('a shape before and after people', () => {
  it.each<[string, DrawnShape[], DrawnShape[], string[]]>([
    ['is untouched with equal pixels, class and source auto', [OLD], [OLD], ['untouched 1']],
    [
      'is edited with equal pixels if CVAT says that a person touched it',
      [OLD],
      [shape(1, 10, 20, 'semi-auto')],
      ['edited 1'],
    ],
    ['is edited if it was drawn anew just so', [OLD], [shape(1, 10, 20, 'manual')], ['edited 1']],
    ['is edited with other pixels', [OLD], [shape(1, 12, 20, 'semi-auto')], ['edited 1']],
    ['is edited however little is left of it, if it descends from it', [OLD], [shape(1, 29, 40)], ['edited 1']],
    ['is edited if the new one covers half of both', [OLD], [shape(1, 10, 40, 'manual')], ['edited 1']],
    [
      'was removed, and another added, if the new one covers less',
      [OLD],
      [shape(1, 10, 41, 'manual')],
      ['added 1', 'removed 1'],
    ],
    [
      'was removed, and another added, if they share no pixel',
      [OLD],
      [shape(1, 30, 20, 'semi-auto')],
      ['added 1', 'removed 1'],
    ],
    ['is relabelled with the same pixels and another class', [OLD], [shape(2, 10, 20, 'semi-auto')], ['edited 1>']],
    [
      'is not relabelled by a distant one of another class',
      [OLD],
      [shape(2, 10, 41, 'semi-auto')],
      ['added 2', 'removed 1'],
    ],
    ['was removed', [OLD], [], ['removed 1']],
    ['was added', [], [shape(3, 0, 4, 'manual')], ['added 3']],
    ['was added, even if its source is auto: it was not ours', [], [shape(3, 0, 4)], ['added 3']],
    ['is one of two equal ones', [OLD, OLD], [OLD], ['removed 1', 'untouched 1']],
    ['is doubled', [OLD], [OLD, OLD], ['added 1', 'untouched 1']],
  ])('%s', (_, before, after, expected) => {
    expect(fates(before, after)).toEqual(expected);
  });

  it('goes to what descends from it before what was drawn anew, even if that is nearer', () => {
    const [descended, drawn] = [shape(1, 25, 20, 'semi-auto'), shape(1, 11, 20, 'manual')];
    expect(fates([OLD], [drawn, descended])).toEqual(['added 1', 'edited 1']);
    expect(fates([OLD, shape(1, 30, 20)], [drawn, descended])).toEqual(['edited 1', 'edited 1']);
  });

  it('that came from a file is untouched only where anybody may have imported it', () => {
    const file = shape(1, 10, 20, 'file');
    expect(fates([OLD], [file])).toEqual(['edited 1']);
    expect(fates([OLD], [file], UNTOUCHED_SOURCES.anybodys)).toEqual(['untouched 1']);
    expect(fates([OLD], [shape(1, 10, 20, 'manual')], UNTOUCHED_SOURCES.anybodys)).toEqual(['edited 1']);
  });

  it('is not taken by a neighbour while its own is there', () => {
    const neighbour = shape(1, 30, 20);
    expect(fates([OLD, neighbour], [shape(1, 12, 20, 'semi-auto'), neighbour])).toEqual(['edited 1', 'untouched 1']);
  });

  it('prefers its own class to the same place', () => {
    const after = [shape(2, 10, 20, 'semi-auto'), shape(1, 12, 20, 'semi-auto')];
    expect(fates([OLD], after)).toEqual(['added 2', 'edited 1']);
  });
});
