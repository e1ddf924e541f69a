import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { readDataset } from '../../../src/coco/dataset/read-dataset.ts';
import { decodeDataset } from '../../../src/coco/decode/decode-dataset.ts';
import { masksToCoco } from '../../../src/coco/masks-to-coco.ts';
import { readMask } from '../../../src/coco/read-mask.ts';
import { arbitraryPng } from '../../kit/png-arbitrary.ts';
import { withFolder } from '../../unit/coco/folder.ts';

describe('decodeDataset', () => {
  it('gives back the masks that were converted, pixel by pixel, in every layout', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryPng(24), { minLength: 1, maxLength: 4 }), async (pngs) => {
        const ids = new Set(pngs.flatMap(({ mask }) => [...mask.values].filter((value) => value > 0)));
        const categories = [...ids].map((id) => ({ id, name: `class ${id}` }));
        const files = Object.fromEntries(pngs.map(({ png }, index) => [`masks/${index % 2}/m ${index}.png`, png]));
        await withFolder({ ...files, 'masks/README': '' }, async (dir) => {
          const made = await masksToCoco({ maskDir: join(dir, 'masks'), outDir: dir, task: 'T', categories });
          const decoded = await decodeDataset(await readDataset(made.documentPath), { outDir: join(dir, 'back') });
          expect(decoded).toMatchObject({ masks: pngs.length, overlaps: [] });
          for (const [index, { mask }] of pngs.entries()) {
            const path = join(dir, 'back', `${index % 2}/m ${index}.png`);
            const { width, height, values } = readMask(await readFile(path), path);
            expect([width, height, ...values]).toEqual([mask.width, mask.height, ...mask.values]);
          }
        });
      }),
      { numRuns: 60 },
    );
  });
});
