import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { joinClasses } from '../../../src/dataset/class-table.ts';

const table = fc
  .uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 6 }), name: fc.constantFrom('a', 'b', 'c', 'd', 'e') }), {
    selector: ({ id }) => id,
  })
  .map((rows) => rows.filter((row, at) => rows.findIndex(({ name }) => name === row.name) === at));

describe('classes of several receipts', () => {
  it('are matched by name: the newest values count, others move out of their way', () => {
    const older = [
      { id: 1, name: 'tool' },
      { id: 2, name: 'fat' },
      { id: 3, name: 'liver' },
    ];
    const newer = [
      { id: 1, name: 'fat' },
      { id: 3, name: 'liver' },
    ];
    const { categories, changes } = joinClasses([older, newer]);
    expect(categories).toEqual([
      { id: 1, name: 'fat' },
      { id: 2, name: 'tool' },
      { id: 3, name: 'liver' },
    ]);
    expect(changes).toEqual([
      new Map([
        [1, 2],
        [2, 1],
      ]),
      new Map(),
    ]);
  });

  it('never give one value to two classes, and lose none', () => {
    fc.assert(
      fc.property(fc.array(table, { minLength: 1, maxLength: 4 }), (tables) => {
        const { categories, changes } = joinClasses(tables);
        expect(new Set(categories.map(({ id }) => id)).size).toBe(categories.length);
        for (const [at, rows] of tables.entries()) {
          for (const { id, name } of rows) {
            expect(categories).toContainEqual({ id: changes[at]?.get(id) ?? id, name });
          }
        }
        expect(changes.at(-1)?.size).toBe(0);
      }),
    );
  });
});
