import { describe, expect, it } from '@jest/globals';
import { labelIndexByName } from '../../../src/monai/label-index.ts';
import { nearNames } from '../../../src/labels/near-names.ts';

const MODEL = { labels: { background: 0, liver: 6, 'needle driver': 2, Spleen: 1 } };

describe('labelIndexByName', () => {
  it('gives the index of the label of the same name, whatever the order and the ids', () => {
    const categories = [
      { id: 300, name: 'Spleen' },
      { id: 1, name: 'liver' },
    ];
    expect([...labelIndexByName(categories, MODEL, 'm')]).toEqual([
      [300, 1],
      [1, 6],
    ]);
  });

  it('names every missing class and what comes near it, and guesses nothing', () => {
    const categories = [
      { id: 1, name: 'liver' },
      { id: 2, name: 'spleen' },
      { id: 3, name: 'Needle-Drivr' },
      { id: 4, name: 'gauze' },
    ];
    expect(() => labelIndexByName(categories, MODEL, 'tinyseg')).toThrow(
      expect.objectContaining({
        code: 'ClassMissingInModel',
        message:
          "The model tinyseg has no label 'spleen' (but 'Spleen'), 'Needle-Drivr' (but 'needle driver'), 'gauze'. Its labels are: liver, needle driver, Spleen.",
        facts: {
          model: 'tinyseg',
          missing: ['spleen', 'Needle-Drivr', 'gauze'],
          near: { spleen: ['Spleen'], 'Needle-Drivr': ['needle driver'], gauze: [] },
          labels: ['liver', 'needle driver', 'Spleen'],
        },
      }),
    );
  });

  it('takes no class for background', () => {
    expect(() => labelIndexByName([{ id: 1, name: 'background' }], MODEL, 'm')).toThrow(
      expect.objectContaining({ code: 'ClassMissingInModel' }),
    );
  });

  it('refuses two classes that the model cannot tell apart', () => {
    const categories = [
      { id: 1, name: 'left' },
      { id: 2, name: 'right' },
    ];
    const merged = { labels: { left: 1, right: 1 } };
    expect(() => labelIndexByName(categories, merged, 'm')).toThrow("gives 'left' and 'right' the same index 1");
    expect(labelIndexByName(categories.slice(1), merged, 'm').get(2)).toBe(1);
  });

  it('is not confused by names that every object has', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      expect(() => labelIndexByName([{ id: 1, name }], MODEL, 'm')).toThrow(
        expect.objectContaining({ code: 'ClassMissingInModel' }),
      );
    }
  });
});

describe('nearNames', () => {
  it.each([
    ['Needle_Driver', ['needle driver'], ['needle driver']],
    ['Gewebe (weich)', ['gewebe weich', 'knochen'], ['gewebe weich']],
    ['lievr', ['liver', 'river'], ['liver']],
    ['livr', ['liver', 'river'], ['liver']],
    ['a', ['b', 'ab'], []],
    ['腫瘍', ['腫瘤', '腫瘍 '], ['腫瘍 ']],
    ['---', ['***', '---'], ['---']],
  ])('finds for %j among %j', (name, known, near) => {
    expect(nearNames(name, known)).toEqual(near);
  });
});
