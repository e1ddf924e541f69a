import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { readDataset } from '../../../src/coco/dataset/read-dataset.ts';
import { decodeDataset, type DecodingOptions } from '../../../src/coco/decode/decode-dataset.ts';
import { labelColours } from '../../../src/coco/label-colours.ts';
import { masksToCoco, type Conversion } from '../../../src/coco/masks-to-coco.ts';
import { readMask } from '../../../src/coco/read-mask.ts';
import { DEFAULT_RULES, type ConversionRules } from '../../../src/contracts/conversion.ts';
import { arbitraryColourPng } from '../../kit/colour-arbitrary.ts';
import { arbitraryPng } from '../../kit/png-arbitrary.ts';
import { withFolder } from '../../unit/coco/folder.ts';

const TARGETS = [0, 1, 2, 3, 1000];
const categories = TARGETS.slice(1).map((id) => ({ id, name: `class ${id}` }));

async function convert(outDir: string, masks: string, rules: ConversionRules): Promise<Conversion> {
  return masksToCoco({ maskDir: join(outDir, masks), outDir, task: `of ${masks}`, categories, rules });
}

/** Converts `a.png` and decodes it by the same rules, then converts what came out; both documents but for their names. */
async function thereAndBack(dir: string, rules: ConversionRules, decoding: Omit<DecodingOptions, 'outDir'>) {
  const made = await convert(dir, 'masks', rules);
  const dataset = await readDataset(made.documentPath);
  await decodeDataset(dataset, { ...decoding, outDir: join(dir, 'back') });
  const again = await convert(dir, 'back', rules);
  const [first, second] = await Promise.all([made, again].map(({ documentPath }) => readFile(documentPath, 'utf8')));
  return { first, second: second?.replace('of back', 'of masks'), again };
}

/** The value in which a pixel comes back that counts as a category. */
function preferred(category: number, pairs: readonly (readonly [number, number])[]): number {
  const named = pairs.find(([, to]) => to === category)?.[0];
  return category === 0 && !pairs.some(([from]) => from === 0) ? 0 : (named ?? category);
}

describe('what was converted by rules and decoded by the same', () => {
  it('converts to the same document, each pixel as the value that its category is painted in, in every layout', async () => {
    const sources = fc.uniqueArray(fc.oneof(fc.nat(6), fc.nat(255)), { maxLength: 6 });
    const targets = fc.array(fc.constantFrom(...TARGETS), { minLength: 6, maxLength: 6 });
    const ignored = fc.uniqueArray(fc.integer({ min: 4, max: 20 }), { maxLength: 3 });
    let ran = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryPng(24), sources, targets, ignored, async ({ mask, png }, from, to, left) => {
        const values = from.map((value, i) => [value, to[i] ?? 0] as const);
        const ignore = left.filter((value) => !from.includes(value));
        const lookup = new Map<number, number>([...values, ...ignore.map((value) => [value, 0] as const)]);
        const counted = Array.from(mask.values, (value) => lookup.get(value) ?? (TARGETS.includes(value) ? value : 0));
        // Where a category has lost every value, it cannot be painted: that is refused, and tested elsewhere.
        const kept = [0, ...counted].every((id) => !from.includes(id) || values.some(([, target]) => target === id));
        fc.pre(kept);
        ran += 1;
        const rules: ConversionRules = { ...DEFAULT_RULES, unknown: 'skip', values, ignore };
        await withFolder({ 'masks/a.png': png }, async (dir) => {
          const { first, second, again } = await thereAndBack(dir, rules, { rules });
          expect(second).toBe(first);
          expect(again.skippedPixels).toEqual({});
          const back = readMask(await readFile(join(dir, 'back/a.png')), 'a.png');
          expect([...back.values]).toEqual(counted.map((id) => preferred(id, values)));
        });
      }),
      { numRuns: 40 },
    );
    expect(ran).toBeGreaterThanOrEqual(40);
  });

  it('converts to the same document by colours, whatever the map says of black and background', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryColourPng,
        fc.array(fc.constantFrom(...TARGETS), { minLength: 8, maxLength: 8 }),
        fc.boolean(),
        async ({ png, colours }, meaning, blackIsClass) => {
          const distinct = [...new Set(colours)].filter((colour) => colour?.length === 7);
          const named: Record<string, number> = {};
          for (const [i, colour] of distinct.entries()) named[String(colour)] = meaning[i % meaning.length] ?? 0;
          if (blackIsClass) named['#000000'] = 3;
          // A category without a colour of the picture still needs none, since it has no pixels.
          const map = JSON.stringify({ '#fefefe': 1, ...named });
          const table = labelColours(map, 'map', { categories, unknown: 'error' });
          const rules: ConversionRules = { ...DEFAULT_RULES, unknown: 'skip', colours: table };
          await withFolder({ 'masks/a.png': png }, async (dir) => {
            const { first, second, again } = await thereAndBack(dir, rules, { colours: table });
            expect(second).toBe(first);
            expect(again.skippedPixels).toEqual({});
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});
