import { describe, expect, test } from '@jest/globals';
import { compactJson } from './compact-json.ts';
import { compareJson } from './compare-json.ts';
import { createIdMap } from './id-map.ts';
import { kindOf } from './kinds.ts';

const kind = kindOf('cvat-2.73.0');

/** Compares one answer after the other with one memory of ids. */
function comparer(path = '/api/tasks/7'): (recorded: unknown, actual: unknown) => readonly string[] {
  const comparison = { kind, ids: createIdMap(), path };
  return (recorded, actual) => compareJson(comparison, recorded, actual);
}

describe('a comparison with a recording', () => {
  test('takes another id for equal, but only as long as it is always the same', () => {
    const compare = comparer();
    expect(compare({ id: 7, project_id: 2 }, { id: 12, project_id: 5 })).toEqual([]);
    expect(compare({ id: 7, project_id: 2 }, { id: 12, project_id: 5 })).toEqual([]);
    expect(compare({ id: 7, project_id: 2 }, { id: 12, project_id: 6 })).toHaveLength(1);
    expect(compare({ id: 8 }, { id: 12 })).toHaveLength(1);
  });

  test('finds ids inside addresses and names of requests', () => {
    const compare = comparer();
    const rqId = (id: number): string => `action=import&target=task&target_id=${id}&subresource=annotations`;
    expect(compare({ rq_id: rqId(7) }, { rq_id: rqId(12) })).toEqual([]);
    expect(compare({ url: 'http://x/api/tasks/7' }, { url: 'http://x/api/tasks/12' })).toEqual([]);
    expect(compare({ url: 'http://x/api/tasks/7' }, { url: 'http://x/api/tasks/13' })).toHaveLength(1);
  });

  test('tells a time that should have moved from one that should not', () => {
    const compare = comparer();
    const [first, second] = ['2026-01-01T10:00:00.000001Z', '2026-01-01T10:00:00.000002Z'];
    expect(compare({ updated_date: '#t1.1' }, { updated_date: first })).toEqual([]);
    expect(compare({ updated_date: '#t2.1' }, { updated_date: first })).toHaveLength(1);
    expect(compare({ updated_date: '#t1.1' }, { updated_date: second })).toHaveLength(1);
    expect(compare({ updated_date: '#t3.1' }, { updated_date: second })).toEqual([]);
    expect(compare({ updated_date: '#t4.1' }, { updated_date: 'yesterday' })).toHaveLength(1);
  });

  test('names fields that are missing, new, of another type or of another value', () => {
    const recorded = { name: 'a', size: 3, jobs: null, gone: true };
    const actual = { name: 'b', size: '3', jobs: null, extra: 1 };
    expect(comparer()(recorded, actual).map((line) => line.split(':')[0])).toEqual(['name', 'size', 'gone', 'extra']);
  });

  test('compares lists by length and order, shapes of annotations by content', () => {
    const compare = comparer('/api/tasks/7/annotations');
    expect(compare({ names: ['a', 'b'] }, { names: ['b', 'a'] })).toHaveLength(2);
    expect(compare({ names: ['a'] }, { names: ['a', 'b'] })).toHaveLength(1);
    const [one, two] = [
      { id: 1, frame: 0, type: 'mask', points: [1] },
      { id: 2, frame: 0, type: 'mask', points: [2] },
    ];
    expect(compare({ shapes: [one, two] }, { shapes: [two, one] })).toEqual([]);
    expect(compare({ shapes: [one] }, { shapes: [{ ...one, points: [3] }] })).toHaveLength(1);
  });

  test('still sees one different number in a list that is shortened to a digest', () => {
    const long = Array.from({ length: 100 }, (_, index) => index);
    const other = long.with(50, 0);
    expect(compactJson(long)).toMatch(/^#numbers 100 /);
    expect(comparer()({ points: compactJson(long) }, { points: compactJson(other) })).toHaveLength(1);
  });
});
