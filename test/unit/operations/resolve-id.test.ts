import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { iterationId } from '../../../src/contracts/ids.ts';
import { resolveId } from '../../../src/operations/resolve-id.ts';

const IDS = ['A%2FB/C%2FD', 'SurgVU/Day%201', 'SurgVU/Iteration_1', 'SurgVU/Iteration_1~2', 'Other/Iteration_1'];

describe('resolveId', () => {
  it.each([
    ['an exact id, also where others begin with it', 'SurgVU/Iteration_1', 'SurgVU/Iteration_1'],
    ['a unique prefix', 'Oth', 'Other/Iteration_1'],
    ['names as people write them', 'SurgVU/Day 1', 'SurgVU/Day%201'],
    ['a prefix as people write it', 'SurgVU/Day ', 'SurgVU/Day%201'],
    ['names with slashes as they are', 'A/B/C/D', 'A%2FB/C%2FD'],
    ['a prefix with a slash as it is', 'A/B', 'A%2FB/C%2FD'],
    ['a further round', 'SurgVU/Iteration_1~', 'SurgVU/Iteration_1~2'],
  ])('takes %s', (_, given, id) => {
    expect(resolveId(given, IDS)).toBe(id);
  });

  it('takes the only one when nothing is given', () => {
    expect(resolveId(undefined, ['P/T'])).toBe('P/T');
  });

  it('lists the candidates when several match', () => {
    expect(() => resolveId('SurgVU/I', IDS)).toThrow(
      expect.objectContaining({
        code: 'IterationAmbiguous',
        facts: { given: 'SurgVU/I', candidates: ['SurgVU/Iteration_1', 'SurgVU/Iteration_1~2'] },
      }),
    );
    expect(() => resolveId(undefined, IDS)).toThrow(expect.objectContaining({ code: 'IterationAmbiguous' }));
  });

  it('prefers an exact id, and lists what is written the same otherwise', () => {
    const ids = ['X/Y%2FZ', 'X%2FY/Z'];
    expect(() => resolveId('X/Y/Z', ids)).toThrow(
      expect.objectContaining({ code: 'IterationAmbiguous', facts: { given: 'X/Y/Z', candidates: ids } }),
    );
    expect(resolveId('X%2FY/Z', ids)).toBe('X%2FY/Z');
    expect(resolveId('X/Y/Z', [...ids, 'X/Y/Z'])).toBe('X/Y/Z');
    expect(resolveId('X/Y/Z', ['X%2FY/Z', 'X%2FY/Z2'])).toBe('X%2FY/Z');
  });

  it('names at most twenty of many', () => {
    const many = Array.from({ length: 25 }, (_, index) => `P/T${index}`);
    expect(() => resolveId('P', many)).toThrow(/… and 5 more/);
  });

  it.each([[undefined], ['Nobody'], ['surgvu'], ['']])('finds nothing for %p among none or others', (given) => {
    const ids = given === '' || given === undefined ? [] : IDS;
    expect(() => resolveId(given, ids, 'running')).toThrow(expect.objectContaining({ code: 'IterationNotFound' }));
  });

  it('finds the id of any names by the names themselves', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(name, name, (project, task) => {
        const id = iterationId({ project, task });
        expect(resolveId(`${project}/${task}`, [id, 'zz-other/zz'])).toBe(id);
      }),
    );
  });
});
