import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { masksToCoco } from '../../../src/coco/masks-to-coco.ts';
import { parseCocoDocument } from '../../../src/coco/parse-document.ts';
import { arbitraryPng } from '../../kit/png-arbitrary.ts';
import { withFolder } from '../../unit/coco/folder.ts';
import { paint } from './paint.ts';

describe('masksToCoco', () => {
  it('writes annotations that paint every mask again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryPng(24), { minLength: 1, maxLength: 4 }), async (pngs) => {
        const ids = new Set(pngs.flatMap(({ mask }) => [...mask.values].filter((value) => value > 0)));
        const categories = [...ids].map((id) => ({ id, name: `class ${id}` }));
        const files = Object.fromEntries(pngs.map(({ png }, index) => [`m${index}.png`, png]));
        await withFolder(files, async (dir) => {
          const made = await masksToCoco({ maskDir: dir, outDir: dir, task: 'T', categories, preannotations: true });
          for (const path of [made.documentPath, made.preannotationsPath ?? '']) {
            const document = parseCocoDocument(await readFile(path), path);
            expect(document.annotations.map(({ id }) => id)).toEqual(document.annotations.map((_, index) => index + 1));
            for (const [index, { mask }] of pngs.entries()) {
              const own = document.annotations.filter(({ image_id }) => image_id === index + 1);
              expect(paint(mask.width, mask.height, own)).toEqual([...mask.values]);
              const order = own.map(({ category_id }) => category_id);
              expect(order).toEqual(order.toSorted((a, b) => a - b));
            }
          }
        });
      }),
      { numRuns: 40 },
    );
  });
});
