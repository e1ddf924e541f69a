import { gunzipSync } from 'node:zlib';
import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import { COMPACT_LAYOUT, NOTEBOOK_LAYOUT } from '../../../src/coco/document-layout.ts';
import { masksToCoco } from '../../../src/coco/masks-to-coco.ts';
import { parseCocoDocument } from '../../../src/coco/parse-document.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';
import { contents, withFolder } from './folder.ts';
import { maskOf } from './mask-of.ts';

const CATEGORIES = [
  { id: 1, name: 'needle' },
  { id: 2, name: 'Häkchen', supercategory: 'tool' },
];
const CATEGORY_TEXT = `[
        {
            "id": 1,
            "name": "needle"
        },
        {
            "id": 2,
            "name": "H\\u00e4kchen",
            "supercategory": "tool"
        }
    ]`;

const SOURCE = `
            "attributes": {
                "source": "auto"
            }`;

/** The folder of the masks also takes the documents. */
function convert(dir: string, more: Partial<Parameters<typeof masksToCoco>[0]> = {}) {
  return masksToCoco({ maskDir: dir, outDir: dir, task: 'T', categories: CATEGORIES, ...more });
}

async function read(path: string) {
  return parseCocoDocument(await readFile(path), path);
}

describe('masksToCoco', () => {
  it('writes the layout of Python, to the byte', async () => {
    await withFolder({ 'é.png': writeMask(maskOf('0 2 0', '0 2 2')) }, async (dir) => {
      const { documentPath } = await convert(dir, { suffix: '_pre' });
      expect(documentPath).toBe(`${dir}/T_pre.json`);
      expect(await readFile(documentPath, 'utf8')).toBe(`{
    "images": [
        {
            "id": 1,
            "file_name": "\\u00e9.png",
            "width": 3,
            "height": 2
        }
    ],
    "annotations": [
        {
            "id": 1,
            "image_id": 1,
            "category_id": 2,
            "segmentation": {
                "size": [
                    2,
                    3
                ],
                "counts": "221O"
            },
            "area": 3.0,
            "bbox": [
                1.0,
                0.0,
                2.0,
                2.0
            ],
            "iscrowd": 0
        }
    ],
    "categories": ${CATEGORY_TEXT},
    "info": {
        "description": "Dataset for T with segmentation masks"
    },
    "licenses": []
}`);
    });
  });

  it('writes an empty list of annotations for masks of background', async () => {
    await withFolder({ 'a.png': writeMask(maskOf('0')) }, async (dir) => {
      const { documentPath, annotations } = await convert(dir);
      expect(annotations).toBe(0);
      expect(await readFile(documentPath, 'utf8')).toContain('],\n    "annotations": [],\n    "categories": [\n');
    });
  });

  it('numbers images in the order of their names and annotations on across them', async () => {
    const files = {
      'b.png': writeMask(maskOf('2 1')),
      'a/z.png': writeMask(maskOf('2 2')),
      'a.png': writeMask(maskOf('0 0')),
      'notes.txt': '',
    };
    await withFolder(files, async (dir) => {
      const { documentPath, ...counts } = await convert(dir);
      const document = await read(documentPath);
      expect(document.images.map(({ id, file_name }) => [id, file_name])).toEqual([
        [1, 'a.png'],
        [2, 'a/z.png'],
        [3, 'b.png'],
      ]);
      const annotations = document.annotations.map(({ id, image_id, category_id }) => [id, image_id, category_id]);
      expect(annotations).toEqual([
        [1, 2, 2],
        [2, 3, 1],
        [3, 3, 2],
      ]);
      expect(counts).toEqual({
        preannotationsPath: null,
        images: 3,
        annotations: 3,
        ignoredFiles: 1,
        skippedPixels: {},
        dropped: { components: 0, pixels: 0 },
      });
    });
  });

  it('writes the copy for CVAT, equal but for the source of every annotation', async () => {
    await withFolder({ 'a.png': writeMask(maskOf('1 2')) }, async (dir) => {
      const { documentPath, preannotationsPath } = await convert(dir, { preannotations: true });
      expect(preannotationsPath).toBe(`${dir}/T.cvat.json`);
      const [document = '', copy = ''] = await Promise.all(
        [documentPath, preannotationsPath ?? ''].map((path) => readFile(path, 'utf8')),
      );
      expect(document.match(/"iscrowd": 0\n/g)).toHaveLength(2);
      expect(copy).toBe(document.replaceAll('"iscrowd": 0', `"iscrowd": 0,${SOURCE}`));
      expect(await contents(dir)).toEqual(['T.cvat.json', 'T.json', 'a.png']);
    });
  });

  it('writes thousands of annotations, more than fit the buffers on the way', async () => {
    const ids = Array.from({ length: 4000 }, (_, index) => index + 1);
    const png = writeMask({ width: 80, height: 50, values: Uint16Array.from(ids) });
    await withFolder({ 'a.png': png }, async (dir) => {
      const { documentPath } = await convert(dir, { categories: ids.map((id) => ({ id, name: `class ${id}` })) });
      expect((await stat(documentPath)).size).toBeGreaterThan(2 ** 20);
      expect((await read(documentPath)).annotations.map(({ category_id }) => category_id)).toEqual(ids);
    });
  });

  it('leaves undeclared values out and counts their pixels over all masks when told to skip them', async () => {
    const files = { 'a.png': writeMask(maskOf('1 9 9')), 'b.png': writeMask(maskOf('9 0 300')) };
    await withFolder(files, async (dir) => {
      const { annotations, skippedPixels } = await convert(dir, { rules: { ...DEFAULT_RULES, unknown: 'skip' } });
      expect({ annotations, skippedPixels }).toEqual({ annotations: 1, skippedPixels: { 9: 3, 300: 1 } });
    });
  });

  it('writes an annotation for each component, ids ascending, and counts over all masks those that are too small', async () => {
    const files = { 'a.png': writeMask(maskOf('1 0 2', '0 0 2', '1 1 0')), 'b.png': writeMask(maskOf('1 0 1')) };
    await withFolder(files, async (dir) => {
      const rules = { ...DEFAULT_RULES, components: { connectivity: 8, minArea: 2 } } as const;
      const { documentPath, dropped } = await convert(dir, { rules });
      expect(dropped).toEqual({ components: 3, pixels: 3 });
      const { annotations } = await read(documentPath);
      expect(annotations.map(({ id, image_id, category_id, bbox }) => [id, image_id, category_id, bbox])).toEqual([
        [1, 1, 1, [0, 2, 2, 1]],
        [2, 1, 2, [2, 0, 1, 2]],
      ]);
    });
  });

  it('keeps a task name with separators inside the output folder and says it plainly in the description', async () => {
    await withFolder({ 'a.png': writeMask(maskOf('1')) }, async (dir) => {
      const { documentPath } = await convert(dir, { task: '../T' });
      expect(await contents(dir)).toEqual(['..%2FT.json', 'a.png']);
      expect(await read(documentPath)).toMatchObject({
        info: { description: 'Dataset for ../T with segmentation masks' },
      });
    });
  });

  it('replaces an older document', async () => {
    await withFolder({ 'a.png': writeMask(maskOf('1')), 'T.json': 'old' }, async (dir) => {
      await convert(dir);
      expect(await read(`${dir}/T.json`)).toMatchObject({ images: [{ file_name: 'a.png' }] });
    });
  });

  it('tells its progress after each mask', async () => {
    const files = { 'a.png': writeMask(maskOf('1')), 'b.png': writeMask(maskOf('1')) };
    await withFolder(files, async (dir) => {
      const seen: unknown[] = [];
      await convert(dir, { onProgress: (progress) => seen.push(progress) });
      expect(seen).toEqual([
        { done: 1, total: 2 },
        { done: 2, total: 2 },
      ]);
    });
  });
});

describe('the formats of a document', () => {
  const masks = { 'é.png': writeMask(maskOf('0 2 0', '0 2 2')), 'b.png': writeMask(maskOf('1 1', '0 0')) };

  it('has a line for each image and annotation when compact, and says the same', async () => {
    await withFolder(masks, async (dir) => {
      const plain = await read((await convert(dir)).documentPath);
      const format = { layout: COMPACT_LAYOUT, gzip: false };
      const { documentPath } = await convert(dir, { format });
      const text = await readFile(documentPath, 'utf8');
      expect(text.split('\n').filter((line) => /^\{"id":\d+,"image_id"/.test(line))).toHaveLength(2);
      expect(text).not.toMatch(/[^\n\x20-\x7e]/);
      expect(await read(documentPath)).toEqual(plain);
    });
  });

  it('packs the same bytes by gzip, both documents', async () => {
    await withFolder(masks, async (dir) => {
      const plain = await convert(dir, { preannotations: true });
      const format = { layout: NOTEBOOK_LAYOUT, gzip: true };
      const packed = await convert(dir, { preannotations: true, format });
      expect(packed.documentPath).toBe(`${dir}/T.json.gz`);
      expect(packed.preannotationsPath).toBe(`${dir}/T.cvat.json.gz`);
      expect(gunzipSync(await readFile(packed.documentPath))).toEqual(await readFile(plain.documentPath));
      expect(gunzipSync(await readFile(`${dir}/T.cvat.json.gz`))).toEqual(await readFile(`${dir}/T.cvat.json`));
      expect((await contents(dir)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    });
  });
});
