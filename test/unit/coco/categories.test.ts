import { describe, expect, it } from '@jest/globals';
import { parseCategories } from '../../../src/coco/categories.ts';
import { failureOf } from './failure-of.ts';

const parse = (value: unknown) => parseCategories(JSON.stringify(value), 'categories.json');

describe('parseCategories', () => {
  it('keeps order, supercategories and further members as the file has them', () => {
    const list = [
      { supercategory: 'tool', id: 65_535, name: 'Häkchen', isthing: 1 },
      { name: 'needle', id: 1 },
    ];
    expect(JSON.stringify(parse(list))).toBe(JSON.stringify(list));
  });

  it('reads a file that begins with a byte order mark', () => {
    expect(parseCategories('\uFEFF[{"id": 1, "name": "a"}]', 'categories.json')).toEqual([{ id: 1, name: 'a' }]);
  });

  it.each<[string, unknown, Record<string, unknown>]>([
    ['the id of background', [{ id: 0, name: 'a' }], { entry: 1, field: 'id', value: '0' }],
    ['an id beyond 16 bits', [{ id: 65_536, name: 'a' }], { entry: 1, field: 'id', value: '65536' }],
    ['a negative id', [{ id: -1, name: 'a' }], { entry: 1, field: 'id' }],
    ['an id that is not whole', [{ id: 1.5, name: 'a' }], { entry: 1, field: 'id', value: '1.5' }],
    ['an id that is a text', [{ id: '1', name: 'a' }], { entry: 1, field: 'id', value: '"1"' }],
    ['an entry without id', [{ id: 1, name: 'a' }, { name: 'b' }], { entry: 2, field: 'id', value: 'nothing' }],
    ['an empty name', [{ id: 1, name: '' }], { entry: 1, field: 'name' }],
    ['a name of spaces', [{ id: 1, name: ' ' }], { entry: 1, field: 'name', value: '" "' }],
    ['an entry without name', [{ id: 1 }], { entry: 1, field: 'name' }],
    ['a supercategory that is no text', [{ id: 1, name: 'a', supercategory: null }], { field: 'supercategory' }],
    ['an entry that is a text', ['needle'], { entry: 1, value: '"needle"' }],
    ['an entry that is null', [null], { entry: 1 }],
    [
      'an id given twice',
      [
        { id: 1, name: 'a' },
        { id: 2, name: 'b' },
        { id: 1, name: 'c' },
      ],
      { entry: 3, field: 'id', value: 1, problem: 'id 1 is also that of entry 1' },
    ],
    [
      'a name given twice',
      [
        { id: 1, name: 'a' },
        { id: 2, name: 'a' },
      ],
      { entry: 2, field: 'name', value: 'a' },
    ],
  ])('refuses %s and names the entry', async (_, list, facts) => {
    const failure = await failureOf(() => parse(list));
    expect(failure).toMatchObject({ code: 'InvalidCategories', facts: { file: 'categories.json', ...facts } });
    expect(failure.message).toContain('categories.json, entry');
  });

  it.each<[string, string]>([
    ['text that is not JSON', '[{'],
    ['an empty file', ''],
    ['a whole COCO document', '{"categories": [{"id": 1, "name": "a"}]}'],
    ['an empty list', '[]'],
  ])('refuses %s', async (_, text) => {
    const failure = await failureOf(() => parseCategories(text, 'categories.json'));
    expect(failure).toMatchObject({ code: 'InvalidCategories', facts: { file: 'categories.json' } });
  });
});
