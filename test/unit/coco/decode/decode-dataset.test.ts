import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { decodeDataset, type DecodingOptions } from '../../../../src/coco/decode/decode-dataset.ts';
import { readMask } from '../../../../src/coco/read-mask.ts';
import { annotationOf, datasetOf, documentOf } from '../dataset/dataset-of.ts';
import { failureOf } from '../failure-of.ts';
import { contents, withFolder } from '../folder.ts';

const image = (id: number, file_name: string) => ({ id, file_name, width: 4, height: 2 });

/** Decodes a document that differs from the usual one as told. */
async function decode(changes: Record<string, unknown>, outDir: string, options: Partial<DecodingOptions> = {}) {
  return decodeDataset(await datasetOf(documentOf(changes)), { outDir, ...options });
}

async function masksIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(dir.length + 1))
    .toSorted();
}

describe('decoding', () => {
  it('writes a mask for each image, with the category ids as values, into folders that it makes', async () => {
    await withFolder({}, async (dir) => {
      const out = join(dir, 'new/masks');
      const images = [image(1, 'a.png'), image(2, 'case 1/ü/b.PNG'), image(3, 'c')];
      const annotations = [
        annotationOf(1, [1, 3, 4]),
        annotationOf(2, [0, 2, 6], { image_id: 2, category_id: 9, iscrowd: 1 }),
      ];
      const categories = [1, 9].map((id) => ({ id, name: `class ${id}` }));
      const decoding = await decode({ images, annotations, categories }, out);
      expect(decoding).toEqual({ outDir: out, masks: 3, emptyMasks: 1, bitDepth: 8, inColour: false, overlaps: [] });
      expect(await masksIn(out)).toEqual(['a.png', 'c.png', 'case 1/ü/b.PNG']);
      const valuesOf = async (name: string) => [...readMask(await readFile(join(out, name)), name).values];
      expect(await valuesOf('a.png')).toEqual([0, 1, 0, 0, 1, 1, 0, 0]);
      expect(await valuesOf('case 1/ü/b.PNG')).toEqual([9, 0, 0, 0, 9, 0, 0, 0]);
      expect(await valuesOf('c.png')).toEqual(Array(8).fill(0));
    });
  });

  it('takes 16 bits for all masks where a shape has an id above 255', async () => {
    await withFolder({}, async (dir) => {
      const categories = [
        { id: 1, name: 'low' },
        { id: 65_535, name: 'high' },
      ];
      const annotations = [annotationOf(1, [0, 1, 7], { category_id: 65_535 })];
      const images = [image(1, 'a.png'), image(2, 'b.png')];
      expect(await decode({ categories, annotations, images }, dir)).toMatchObject({ bitDepth: 16 });
      for (const [name, first] of [
        ['a.png', 65_535],
        ['b.png', 0],
      ] as const) {
        const { values } = readMask(await readFile(join(dir, name)), name);
        expect([values.BYTES_PER_ELEMENT, values[0]]).toEqual([2, first]);
      }
      expect(await decode({ categories, images }, join(dir, 'low'))).toMatchObject({ bitDepth: 8 });
    });
  });

  it('paints overlapping shapes in the order of their ids, whatever their order in the document, and counts', async () => {
    await withFolder({}, async (dir) => {
      const categories = [1, 2].map((id) => ({ id, name: `class ${id}` }));
      const annotations = [annotationOf(8, [2, 4, 2], { category_id: 2 }), annotationOf(3, [0, 4, 4])];
      const { overlaps } = await decode({ categories, annotations }, dir);
      expect(overlaps).toEqual([{ fileName: 'a.png', pixels: 2 }]);
      expect([...readMask(await readFile(join(dir, 'a.png')), 'a').values]).toEqual([1, 2, 2, 0, 1, 2, 2, 0]);
    });
  });

  it.each([
    ['frame.jpg', 'frame.png'],
    ['x/frame.TIFF', 'x/frame.png'],
    ['v1.2_frame', 'v1.2_frame.png'],
    ['scan.2', 'scan.2.png'],
    ['..a/...', '..a/....png'],
    ['a.png.jpg', 'a.png.png'],
    ['a\tb\\c.png', 'a\tb\\c.png'],
  ])('calls the mask of %s %s', async (name, mask) => {
    await withFolder({}, async (dir) => {
      await decode({ images: [image(1, name)] }, dir);
      expect(await masksIn(dir)).toEqual([mask]);
    });
  });

  it('tells how far it is; an abort leaves whole masks and nothing else', async () => {
    await withFolder({}, async (dir) => {
      const controller = new AbortController();
      const seen: string[] = [];
      const onProgress = ({ done, total }: { done: number; total: number }) => {
        seen.push(`${done}/${total}`);
        if (done === 2) controller.abort(new Error('enough'));
      };
      const images = [1, 2, 3].map((id) => image(id, `${id}.png`));
      await expect(decode({ images }, dir, { signal: controller.signal, onProgress })).rejects.toThrow('enough');
      expect(seen).toEqual(['1/3', '2/3']);
      expect(await contents(dir)).toEqual(['1.png', '2.png']);
    });
  });
});

describe('files that are there', () => {
  it('are not replaced, and nothing is written beside them', async () => {
    await withFolder({ 'b.png': 'mine', 'c.png': 'mine' }, async (dir) => {
      const images = [image(1, 'a.png'), image(2, 'b.png'), image(3, 'c.png')];
      const failure = await failureOf(async () => decode({ images }, dir));
      expect(failure).toMatchObject({ code: 'OutputExists', facts: { file: join(dir, 'b.png'), count: 2 } });
      expect(await contents(dir)).toEqual(['b.png', 'c.png']);
      expect(await readFile(join(dir, 'b.png'), 'utf8')).toBe('mine');
    });
  });

  it('are not replaced either where they appear meanwhile', async () => {
    await withFolder({}, async (dir) => {
      const images = [image(1, 'a.png'), image(2, 'b.png')];
      const meanwhile = { onProgress: () => void writeFile(join(dir, 'b.png'), 'mine') };
      expect(await failureOf(async () => decode({ images }, dir, meanwhile))).toMatchObject({ code: 'OutputExists' });
      expect(await contents(dir)).toEqual(['a.png', 'b.png']);
      expect(await readFile(join(dir, 'b.png'), 'utf8')).toBe('mine');
    });
  });

  it('are replaced when asked to; a link is replaced itself, not what it leads to', async () => {
    await withFolder({ 'masks/a.png': 'old', 'precious.txt': 'mine' }, async (dir) => {
      const out = join(dir, 'masks');
      await symlink('../precious.txt', join(out, 'b.png'));
      await decode({ images: [image(1, 'a.png'), image(2, 'b.png')] }, out, { overwrite: true });
      for (const name of ['a.png', 'b.png']) expect(readMask(await readFile(join(out, name)), name).width).toBe(4);
      expect(await readFile(join(dir, 'precious.txt'), 'utf8')).toBe('mine');
    });
  });

  it('are named where a folder cannot be made or a file not be written', async () => {
    await withFolder({ 'a.png': 'a file', 'full/b.png/x': '' }, async (dir) => {
      const under = await failureOf(async () => decode({ images: [image(1, 'a.png/b.png')] }, dir));
      expect(under).toMatchObject({ code: 'OutputNotWritable' });
      const over = await failureOf(async () =>
        decode({ images: [image(1, 'b.png')] }, join(dir, 'full'), { overwrite: true }),
      );
      expect(over).toMatchObject({ code: 'OutputNotWritable', facts: { file: join(dir, 'full/b.png') } });
      expect(await contents(join(dir, 'full'))).toEqual(['b.png']);
    });
  });
});

describe('a document that cannot become masks', () => {
  it.each(['../a.png', 'x/../../a.png', 'x/../a.png', '/etc/a.png', 'a\0.png', '..', 'x/..', 'x/', '.'])(
    'is refused for the file_name %j before anything is written',
    async (name) => {
      await withFolder({}, async (dir) => {
        const images = [image(1, 'fine.png'), image(2, name)];
        const failure = await failureOf(async () => decode({ images }, join(dir, 'out')));
        expect(failure).toMatchObject({ code: 'UnsafeFileName', facts: { file: 'a.json', image: 2, fileName: name } });
        expect(await contents(dir)).toEqual([]);
      });
    },
  );

  it('is refused where a linked folder leads out of the output folder', async () => {
    await withFolder({}, async (dir) => {
      await mkdir(join(dir, 'out'));
      await mkdir(join(dir, 'elsewhere'));
      await symlink('../elsewhere', join(dir, 'out/sub'));
      const failure = await failureOf(async () => decode({ images: [image(1, 'sub/a.png')] }, join(dir, 'out')));
      expect(failure.code).toBe('UnsafeFileName');
      expect(await contents(join(dir, 'elsewhere'))).toEqual([]);
      const deeper = await failureOf(async () => decode({ images: [image(1, 'sub/deeper/a.png')] }, join(dir, 'out')));
      expect(deeper.code).toBe('UnsafeFileName');
      expect(await contents(join(dir, 'elsewhere'))).toEqual([]);
    });
  });

  it.each([
    ['a.jpg', 'a.png'],
    ['x/a.tif', 'x/a.jpeg'],
    ['x/a.png', 'x//a.png'],
    ['a.png', './a.png'],
  ])('is refused where %s and %s would be one mask', async (first, second) => {
    await withFolder({}, async (dir) => {
      const failure = await failureOf(async () => decode({ images: [image(1, first), image(2, second)] }, dir));
      expect(failure).toMatchObject({ code: 'MaskNameTaken', facts: { images: [1, 2], fileNames: [first, second] } });
      expect(await contents(dir)).toEqual([]);
    });
  });

  it.each([0, 65_536])('is refused for the category id %d, which no mask can hold', async (id) => {
    await withFolder({}, async (dir) => {
      const changes = { categories: [{ id, name: 'x' }], annotations: [annotationOf(1, [8], { category_id: id })] };
      const failure = await failureOf(async () => decode(changes, dir));
      expect(failure).toMatchObject({ code: 'InvalidDataset', facts: { annotation: 1, category: id } });
      expect(await contents(dir)).toEqual([]);
    });
  });

  it('is refused for an image larger than a mask may be, before memory is taken for it', async () => {
    await withFolder({}, async (dir) => {
      const images = [{ id: 1, file_name: 'a.png', width: 60_000, height: 60_000 }];
      expect(await failureOf(async () => decode({ images }, dir))).toMatchObject({ code: 'ImageTooLarge' });
    });
  });
});
