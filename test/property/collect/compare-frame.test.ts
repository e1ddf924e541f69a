import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { compareFrame } from '../../../src/collect/compare/compare-frame.ts';
import { drawFrame, type DrawnFrame } from '../../../src/collect/compare/drawn-frame.ts';
import { sealedDrawing } from '../../../src/collect/compare/sealed-drawing.ts';
import { paintFrame } from '../../../src/collect/paint-frame.ts';
import type { SealedShape } from '../../../src/collect/placed-content.ts';
import { nativeShape } from '../../unit/collect/seal-of.ts';

const [WIDTH, HEIGHT] = [9, 7];
const SIZE = { width: WIDTH, height: HEIGHT };

const box = fc
  .tuple(fc.nat(WIDTH - 1), fc.nat(HEIGHT - 1), fc.integer({ min: 1, max: WIDTH }), fc.integer({ min: 1, max: HEIGHT }))
  .map(([x, y, w, h]) => ({ x, y, right: Math.min(WIDTH, x + w), bottom: Math.min(HEIGHT, y + h) }));

const drawing = fc
  .array(
    fc.record({
      category: fc.integer({ min: 1, max: 3 }),
      box,
      source: fc.constantFrom('auto', 'semi-auto', 'manual'),
    }),
    {
      maxLength: 5,
    },
  )
  .map((shapes) =>
    drawFrame(
      SIZE,
      shapes.map(({ category, source, box: { x, y, right, bottom } }) => ({
        category,
        source,
        cover: ({ values }) => {
          for (let row = y; row < bottom; row += 1) values.fill(1, row * WIDTH + x, row * WIDTH + right);
        },
      })),
    ),
  );

/** Positions of the pixels of a class, seen one by one. */
function pixelsOf({ mask }: DrawnFrame, category: number): Set<number> {
  return new Set([...mask.values.keys()].filter((at) => mask.values[at] === category));
}

describe('the comparison of a frame', () => {
  it('counts what a count of single pixels counts, and every shape once', () => {
    fc.assert(
      fc.property(drawing, drawing, (before, after) => {
        const { changedPixels, unionPixels, classes } = compareFrame(before, after, ['auto']);
        const positions = [...before.mask.values.keys()];
        const pair = (at: number): number[] => [before.mask.values[at] ?? 0, after.mask.values[at] ?? 0];
        expect(changedPixels).toBe(positions.filter((at) => pair(at)[0] !== pair(at)[1]).length);
        expect(unionPixels).toBe(positions.filter((at) => pair(at).some((value) => value > 0)).length);
        for (const category of [1, 2, 3]) {
          const [a, b] = [pixelsOf(before, category), pixelsOf(after, category)];
          const both = [...a].filter((at) => b.has(at)).length;
          const found = classes.find((one) => one.category === category);
          expect(found?.pixels ?? { both: 0, before: 0, after: 0 }).toEqual({ both, before: a.size, after: b.size });
        }
        const sum = (key: 'untouched' | 'edited' | 'added' | 'removed' | 'relabelled'): number =>
          classes.reduce((total, { shapes }) => total + shapes[key], 0);
        expect(sum('untouched') + sum('edited') + sum('removed')).toBe(before.shapes.length);
        expect(sum('untouched') + sum('edited') + sum('added')).toBe(after.shapes.length);
        expect(sum('relabelled')).toBeLessThanOrEqual(sum('edited'));
      }),
      { numRuns: 300 },
    );
  });

  it('finds nothing changed between a drawing that nobody touched and itself', () => {
    fc.assert(
      fc.property(drawing, (drawn) => {
        const shapes = drawn.shapes.map((shape) => ({ ...shape, source: 'auto' }));
        const same = { ...drawn, shapes };
        const found = compareFrame(same, same, ['auto']);
        expect(found.changedPixels).toBe(0);
        for (const { pixels, shapes: fates } of found.classes) {
          expect(pixels).toEqual({ both: pixels.before, before: pixels.before, after: pixels.before });
          expect(fates).toMatchObject({ edited: 0, added: 0, removed: 0 });
        }
      }),
    );
  });
});

describe('the drawing of a sealed frame', () => {
  const sealed: fc.Arbitrary<SealedShape> = fc
    .record({
      labelId: fc.integer({ min: 1, max: 3 }),
      zOrder: fc.integer({ min: -1, max: 1 }),
      rotation: fc.constantFrom(0, 30, 90),
      drawn: fc.oneof(
        box.map(({ x, y, right, bottom }) => ({ type: 'rectangle' as const, points: [x, y, right, bottom] })),
        box.map(({ x, y, right, bottom }) => ({ type: 'ellipse' as const, points: [x, bottom, right + 1, y - 0.5] })),
        box.map(({ x, y, right, bottom }) => ({ type: 'polygon' as const, points: [x, y, right, y + 0.4, x, bottom] })),
        fc.constant({ type: 'points' as const, points: [1, 1] }),
      ),
    })
    .map(({ drawn, ...more }) => ({ ...nativeShape({ ...more, ...drawn }), job: 1 }));

  it('shows the very pixels of its label', () => {
    fc.assert(
      fc.property(fc.array(sealed, { maxLength: 6 }), (shapes) => {
        const frame = { frame: 0, name: 'f0.png', state: 'labelled' as const, ...SIZE };
        const numbered = shapes.map((shape, i) => ({ ...shape, id: shapes.length - i }));
        const content = { frame, shapes: numbered, tags: 0, twins: 0 };
        const categoryOf = (labelId: number): number => labelId + 1;
        const label = paintFrame(content, categoryOf).mask.values;
        expect([...sealedDrawing(content, categoryOf).mask.values]).toEqual([...label]);
      }),
    );
  });
});
