import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { allKeys, fieldSchema } from '../../../../web/src/pages/loops/form/field-schema.ts';
import {
  beginWay,
  HELD_OUT_WAYS,
  heldOutWay,
  type HeldOutWay,
} from '../../../../web/src/pages/loops/form/held-out-ways.ts';
import {
  FLOORS,
  MIXTURE,
  PEOPLE,
  REMINDERS,
  TEMPLATES,
  VALUES,
} from '../../../../web/src/pages/loops/form/rows-shapes.ts';
import { FIELDS } from '../../../../web/src/pages/loops/form/sections.ts';
import { problemAt, textProblems } from '../../../../web/src/pages/loops/form/text-problems.ts';
import { changesOf } from '../../../../web/src/pages/loops/form/changes-of.ts';
import { whyNotShown } from '../../../../web/src/pages/loops/form/why-not-shown.ts';
import { valueAt, withValue, yamlValues } from '../../../../web/src/pages/loops/form/yaml-values.ts';
import { EXAMPLE, LEAST } from '../../loop-file/example.ts';

/** Why the form cannot show a text. */
function why(text: string): string | null {
  const read = yamlValues(text);
  return read.why ?? whyNotShown(read.values);
}

describe('the form of a loop', () => {
  it('has a field with help for every key that the file may have, and no other', () => {
    const written = FIELDS.filter(({ control }) => control.kind !== 'part').flatMap(({ path, besides = [] }) => [
      path,
      ...besides,
    ]);
    const missing = allKeys().filter((key) => !written.some((path) => key === path || key.startsWith(`${path}.`)));
    expect(missing).toEqual([]);
    const silent = FIELDS.filter(({ path }) => fieldSchema(path.split('.')).help === '').map(({ path }) => path);
    expect(silent).toEqual([]);
    expect(new Set(written).size).toBe(written.length);
    expect(() => fieldSchema(['batch', 'nonsense'])).toThrow('batch.nonsense');
  });

  it('offers for each choice all words of the schema, and says of each what it means where it says so at all', () => {
    for (const { path, control } of FIELDS) {
      if (control.kind !== 'word' || control.says === undefined) continue;
      const { words } = fieldSchema(path.split('.'));
      if (words.length > 0) expect([path, Object.keys(control.says).toSorted()]).toEqual([path, words.toSorted()]);
    }
  });

  it('shows the whole example, and changes one value without touching another, comments among them', () => {
    expect(why(EXAMPLE)).toBeNull();
    const values = parse(EXAMPLE) as unknown;
    for (const { path, control } of FIELDS) {
      const keys = path.split('.');
      const before = valueAt(values, keys);
      if (before === undefined || control.kind === 'part') continue;
      const without = withValue(EXAMPLE, keys, undefined);
      expect([path, valueAt(parse(without), keys)]).toEqual([path, undefined]);
      const again = withValue(without, keys, before);
      expect([path, parse(again)]).toEqual([path, values]);
      const comments = (text: string): number => text.split('#').length;
      // The comments beside a value that is taken away go with it.
      expect(comments(again)).toBeGreaterThan(comments(EXAMPLE) - 5);
    }
    const bare = (text: string): string => text.replaceAll(/\s+/g, '');
    expect(bare(withValue(EXAMPLE, ['batch', 'size'], 51))).toBe(bare(EXAMPLE).replace('size:50', 'size:51'));
    const given = withValue(EXAMPLE, ['cvat', 'assign'], ['eva']);
    expect(bare(given)).toBe(bare(EXAMPLE).replace('assign:[anna,ben]', 'assign:[eva]'));
  });

  it('takes a section away with its last key, and makes it with its first, also where it has nothing behind it', () => {
    expect(withValue(LEAST, ['cvat', 'poll'], '5m')).toBe(`${LEAST}cvat:\n  poll: 5m\n`);
    expect(withValue(`${LEAST}cvat:\n`, ['cvat', 'poll'], '5m')).toBe(`${LEAST}cvat:\n  poll: 5m\n`);
    expect(withValue(`${LEAST}cvat:\n  poll: 5m\n`, ['cvat', 'poll'], undefined)).toBe(LEAST);
    expect(withValue('', ['name'], 'tools')).toBe('name: tools\n');
    expect(withValue('name: tools\n', ['name'], undefined)).toBe('');
    const told = withValue('', ['notify', 'channels'], ['slack']);
    expect(parse(withValue(told, ['notify', 'channels'], undefined, new Set(['notify'])))).toEqual({ notify: {} });
  });

  it.each([
    ['name: [', /no YAML/],
    ['name: a\nname: b\n', /says something twice/],
    ['- a\n', /holds no keys/],
    [`${LEAST}masks: { map: &m { 255: 1 } }\nx: *m\n`, /anchor/],
    [`${LEAST}nonsense: 1\n`, /no field for nonsense/],
    [`${LEAST}cvat: { pol: 5m }\n`, /no field for cvat.pol/],
    [LEAST.replace('size: 5', 'size: five'), /cannot show what batch.size says/],
    [LEAST.replace('{ size: 5 }', '5'), /cannot show what batch says/],
    [LEAST.replace('size: 5', 'size: 5, strategy: 70% magic'), /batch.strategy/],
    [`${LEAST}cvat: { deadline: soon }\n`, /cvat.deadline/],
    [`${LEAST}cvat: { assign: ["a, b"] }\n`, /cvat.assign/],
    [LEAST.replace('model:', 'heldOut: 0.1, heldOutFrames: 3, model:'), /training.heldOut/],
    [`${LEAST}notify: { channels: [pigeon] }\n`, /notify.channels/],
    [`${LEAST}notify: { channels: [email], people: { anna: { phone: 1 } } }\n`, /notify.people/],
    [`${LEAST}notify: { channels: [email], remind: [{ before: 1d, after: 1d, whom: lead }] }\n`, /notify.remind/],
  ])('leaves %j to the text, and says why', (text, reason) => {
    expect(why(text)).toMatch(reason);
  });

  it('finds by the schema of the file what is wrong, and in which field', () => {
    expect(textProblems(LEAST)).toEqual([]);
    const found = textProblems(
      LEAST.replace('size: 5', 'size: 0, candidates: x').concat('notify: { people: { anna: {} } }\n'),
    );
    expect(problemAt(found, 'batch.size')).toMatch(/whole number from 1/);
    expect(problemAt(found, 'notify.people')).toMatch(/^anna must have email or slack/);
    expect(problemAt(found, 'notify.channels')).toBe('is missing');
    expect(problemAt(found, 'batch')).toMatch(/^size /);
    expect(problemAt(found, 'name')).toBeNull();
  });
});

describe('the lines of a list', () => {
  const share = fc.integer({ min: 1, max: 99 });
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  const cases = [
    [MIXTURE, share.map((one) => `${one}% random, ${100 - one}% server`)],
    [MIXTURE, fc.constantFrom('random', 'diverse')],
    [VALUES, fc.dictionary(fc.nat(65_535).map(String), fc.nat(65_535), { minKeys: 1 })],
    [
      FLOORS,
      fc.dictionary(
        word,
        fc.double({ min: 0, max: 1, noNaN: true }).filter((dice) => !Object.is(dice, -0)),
        { minKeys: 2 },
      ),
    ],
    [FLOORS, fc.constantFrom(0, 0.5)],
    [
      REMINDERS,
      fc.array(fc.record({ before: fc.constantFrom('1d', '90m'), whom: fc.constantFrom('assignee', 'lead') }), {
        minLength: 1,
      }),
    ],
    [PEOPLE, fc.dictionary(word, fc.record({ email: word, slack: word }, { requiredKeys: ['email'] }), { minKeys: 1 })],
    [
      TEMPLATES,
      fc.dictionary(fc.constantFrom('digest', 'reminder'), fc.record({ text: word.map((one) => `${one}\n${one}`) }), {
        minKeys: 1,
      }),
    ],
  ] as const;

  it.each(cases.map(([shape, values], index) => ({ index, shape, values })))(
    'say what the value says, and come to it again: $index $shape.one',
    ({ shape, values }) => {
      fc.assert(
        fc.property(values as fc.Arbitrary<unknown>, (value) => {
          const rows = shape.read(value);
          expect(rows).not.toBeNull();
          expect(shape.write(rows ?? [])).toEqual(value);
        }),
      );
    },
  );

  it('say nothing while they are not complete', () => {
    expect(VALUES.write([{ from: '255', to: '' }])).toBeUndefined();
    expect(REMINDERS.write([{ time: '', when: 'before', whom: 'lead' }])).toBeUndefined();
    expect(FLOORS.write([{ class: 'all', dice: '0.5' }])).toBe(0.5);
    expect(FLOORS.read(0.5)).toEqual([{ class: 'all', dice: '0.5' }]);
  });
});

describe('what is held out', () => {
  it('is told one way, which the keys that it begins with say', () => {
    for (const way of Object.keys(HELD_OUT_WAYS)) expect(heldOutWay(beginWay(way as HeldOutWay))).toBe(way);
    expect(heldOutWay({})).toBe('share');
    expect(heldOutWay({ heldOut: 'ground-truth', heldOutTask: 'T' })).toBe('ground-truth');
    expect(heldOutWay({ heldOut: 0.2, heldOutTask: 'T' })).toBeNull();
  });
});

describe('what an edit changes', () => {
  it('is told by what was and what will be, also of a part that was not there', () => {
    const before = [
      ['model', 'a'],
      ['pool', 'x'],
      ['digest', 'daily'],
    ] as const;
    const after = [
      ['model', 'b'],
      ['pool', 'x'],
      ['stop: target', '0.9'],
    ] as const;
    expect(changesOf(before, after)).toEqual([
      { what: 'model', from: 'a', to: 'b' },
      { what: 'digest', from: 'daily', to: null },
      { what: 'stop: target', from: null, to: '0.9' },
    ]);
  });
});
