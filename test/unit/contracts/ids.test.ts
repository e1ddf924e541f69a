import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { isMaskloopError } from '../../../src/contracts/error.ts';
import { iterationId } from '../../../src/contracts/ids.ts';

/** Names as people write them, with what an encoding could trip over. */
const name = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 25 }),
    fc.string({ unit: fc.constantFrom('/', '~', '%', '2', 'F', ' ', 'a', '.', "'", '*', '(', 'ß'), maxLength: 12 }),
    fc.constantFrom('default', 'SurgVU', 'a/b', 'a%2Fb', 'x~2', '..', 'Größe 1', '血管'),
  )
  .filter((text) => text.trim() !== '');
const parts = fc.record({
  project: name,
  task: name,
  connection: fc.oneof(fc.constant('default'), name),
  round: fc.integer({ min: 1, max: 99 }),
});

function codeOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return isMaskloopError(error) ? error.code : error;
  }
}

describe('iterationId', () => {
  it('writes project and task as they are where they are plain', () => {
    expect(iterationId({ project: 'SurgVU', task: 'Iteration_1' })).toBe('SurgVU/Iteration_1');
    expect(iterationId({ project: 'SurgVU', task: 'Iteration_1', connection: 'north' })).toBe(
      'north/SurgVU/Iteration_1',
    );
    expect(iterationId({ project: 'P', task: 'T', round: 2 })).toBe('P/T~2');
    expect(iterationId({ project: 'a/b', task: 'c~2' })).toBe('a%2Fb/c%7E2');
  });

  it('gives equal ids to equal parts and different ids to different parts', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(iterationId(a) === iterationId(b)).toBe(same);
        expect(iterationId(a)).toBe(iterationId({ ...a }));
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells apart names that differ only in what stands between them', () => {
    const ids = [
      iterationId({ project: 'a/b', task: 'c' }),
      iterationId({ project: 'a', task: 'b/c' }),
      iterationId({ connection: 'a', project: 'b', task: 'c' }),
      iterationId({ project: 'a%2Fb', task: 'c' }),
      iterationId({ project: 'a', task: 'c~2' }),
      iterationId({ project: 'a', task: 'c', round: 2 }),
      iterationId({ project: 'A', task: 'c' }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('holds one slash for the default connection, two for another, and at most 1,000 bytes of ASCII', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const id = iterationId(given);
        expect(id.split('/')).toHaveLength(given.connection === 'default' ? 2 : 3);
        expect(id).toMatch(/^[\x21-\x7e]+$/);
        expect(Buffer.byteLength(id)).toBeLessThanOrEqual(1000);
      }),
    );
  });

  it('can be read back into its parts', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const [id = '', round = '1'] = iterationId(given).split('~');
        const names = id.split('/').map(decodeURIComponent);
        if (names.length === 2) names.unshift('default');
        expect([...names, Number(round)]).toEqual([given.connection, given.project, given.task, given.round]);
      }),
    );
  });

  it('takes an id of exactly 1,000 bytes and refuses one of 1,001 with the number of bytes', () => {
    const task = 't'.repeat(998);
    expect(iterationId({ project: 'p', task })).toHaveLength(1000);
    expect(codeOf(() => iterationId({ project: 'p', task: `${task}t` }))).toBe('InvalidName');
    expect(() => iterationId({ project: 'ü'.repeat(200), task: 'x' })).toThrow('1202 bytes');
  });

  it.each(['', ' ', '\t\n', 'half \ud800 a pair'])('refuses the name %j', (bad) => {
    expect(codeOf(() => iterationId({ project: bad, task: 'T' }))).toBe('InvalidName');
    expect(codeOf(() => iterationId({ project: 'P', task: bad }))).toBe('InvalidName');
    expect(codeOf(() => iterationId({ project: 'P', task: 'T', connection: bad }))).toBe('InvalidName');
  });
});
