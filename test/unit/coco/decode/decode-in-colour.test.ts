import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { DEFAULT_RULES } from '../../../../src/contracts/conversion.ts';
import { decodeDataset, type DecodingOptions } from '../../../../src/coco/decode/decode-dataset.ts';
import { labelColours } from '../../../../src/coco/label-colours.ts';
import { MaskConverter } from '../../../../src/coco/mask-converter.ts';
import { annotationOf, datasetOf, documentOf } from '../dataset/dataset-of.ts';
import { failureOf } from '../failure-of.ts';
import { contents, withFolder } from '../folder.ts';

const image = (id: number, file_name: string) => ({ id, file_name, width: 4, height: 2 });

/** Decodes a document that differs from the usual one as told. */
async function decode(changes: Record<string, unknown>, outDir: string, options: Partial<DecodingOptions> = {}) {
  return decodeDataset(await datasetOf(documentOf(changes)), { outDir, ...options });
}

describe('decoding in colour', () => {
  it('paints each category in its colour, which convert reads back as the same values', async () => {
    await withFolder({}, async (dir) => {
      const colours = [
        ['#ff0000', 1],
        ['#00ff80', 9],
      ] as const;
      const categories = [1, 9].map((id) => ({ id, name: `class ${id}` }));
      const annotations = [annotationOf(1, [1, 3, 4]), annotationOf(2, [5, 1, 2], { category_id: 9 })];
      const changes = { images: [image(1, 'a.png')], annotations, categories };
      await decode(changes, join(dir, 'grey'));
      expect(await decode(changes, join(dir, 'colour'), { colours })).toMatchObject({ inColour: true, bitDepth: 8 });
      const reading = { declared: [1, 9], rules: { ...DEFAULT_RULES, colours: [['#000000', 0], ...colours] } } as const;
      const grey = new MaskConverter({ declared: [1, 9], rules: DEFAULT_RULES });
      const inColour = new MaskConverter(reading);
      const of = async (name: string) => readFile(join(dir, name, 'a.png'));
      const masks = [inColour.convert(await of('colour'), 'colour'), grey.convert(await of('grey'), 'grey')];
      expect(masks[0]).toEqual(masks[1]);
      expect(masks[0]?.shapes.map(({ categoryId }) => categoryId)).toEqual([1, 9]);
    });
  });

  it('refuses a category without a colour', async () => {
    await withFolder({}, async (dir) => {
      const failure = await failureOf(() =>
        decode({ annotations: [annotationOf(1, [1, 3, 4])] }, dir, { colours: [] }),
      );
      expect(failure).toMatchObject({ code: 'InvalidLabelMap' });
      expect(await contents(dir)).toEqual([]);
    });
  });

  it('refuses a category without a colour before the first mask, wherever its shape is', async () => {
    await withFolder({}, async (dir) => {
      const categories = [1, 9].map((id) => ({ id, name: `class ${id}` }));
      const images = [image(1, 'a.png'), image(2, 'b.png')];
      const annotations = [annotationOf(1, [1, 3, 4]), annotationOf(2, [0, 2, 6], { image_id: 2, category_id: 9 })];
      const out = join(dir, 'masks');
      const options = { colours: [['#ff0000', 1]] as const };
      const failure = await failureOf(() => decode({ images, categories, annotations }, out, options));
      expect(failure).toMatchObject({ code: 'InvalidLabelMap', facts: { value: 9 } });
      expect(await contents(dir)).toEqual([]);
    });
  });

  it.each([
    ['the colour that the label map names for it', 'background:255,255,255::\nclass 1:255,0,0::', [255, 255, 255]],
    ['black where the label map names none', 'class 1:255,0,0::', [0, 0, 0]],
    ['another colour where a class is black', 'class 1:0,0,0::\nbackground:0,0,9::', [0, 0, 9]],
  ])('paints the background in %s', async (_, map, expected) => {
    await withFolder({}, async (dir) => {
      const categories = [{ id: 1, name: 'class 1' }];
      const colours = labelColours(map, 'map', { categories, unknown: 'error' });
      await decode({ annotations: [annotationOf(1, [1, 3, 4])], categories }, dir, { colours });
      const { data } = PNG.sync.read(await readFile(join(dir, 'a.png')));
      expect([...data.subarray(0, 3)]).toEqual(expected);
    });
  });

  it('makes the background transparent where black is that of a class: they would become one', async () => {
    await withFolder({}, async (dir) => {
      const categories = [{ id: 1, name: 'class 1' }];
      const images = [image(1, 'a.png'), image(2, 'b.png')];
      const colours = labelColours('class 1:0,0,0::', 'map', { categories, unknown: 'error' });
      const annotations = [annotationOf(1, [1, 3, 4])];
      await decode({ annotations, categories, images }, dir, { colours });
      const converter = new MaskConverter({ declared: [1], rules: { ...DEFAULT_RULES, colours } });
      for (const [name, area] of [
        ['a.png', [3]],
        ['b.png', []],
      ] as const) {
        const png = await readFile(join(dir, name));
        expect(png[25]).toBe(6); // colour type: RGB with alpha
        expect(converter.convert(png, name).shapes.map((shape) => shape.area)).toEqual(area);
      }
    });
  });
});
