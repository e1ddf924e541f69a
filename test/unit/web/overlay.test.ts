import { describe, expect, it } from '@jest/globals';
import { maskRuns } from '../../../src/coco/mask-runs.ts';
import { encodeCounts } from '../../../src/coco/rle.ts';
import { borderOf } from '../../../web/src/pages/iteration/overlay/border.ts';
import { classesAt } from '../../../web/src/pages/iteration/overlay/class-at.ts';
import { readDrawing, type Drawing, type FrameShapes } from '../../../web/src/pages/iteration/overlay/drawing.ts';
import { frameWords } from '../../../web/src/pages/iteration/overlay/frame-words.ts';
import { DIFFERENCE_LOOKS, paintLayer, type Painting } from '../../../web/src/pages/iteration/overlay/paint-layer.ts';
import { contains, stretchesOf } from '../../../web/src/pages/iteration/overlay/stretches.ts';
import { PATTERN_COUNT, patternTile } from '../../../web/src/pages/iteration/overlay/tile.ts';
import { fc } from '../../kit/seeded-properties.ts';

const COLOURS = ['#e6194b', '#3cb44b', '#4363d8'];
const CLASSES = COLOURS.map((colour, at) => ({ category: at + 1, name: `class ${at + 1}`, colour }));

interface Masks {
  readonly width: number;
  readonly height: number;
  /** Class of each pixel, row by row; 0 for none. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Pairs of masks that agree in part. */
const masks: fc.Arbitrary<Masks> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) => {
    const values = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: width * height, maxLength: width * height });
    return fc.record({ width: fc.constant(width), height: fc.constant(height), before: values, after: values });
  });

function shapesOf({ width, height, before, after }: Masks, hasLabel = true): FrameShapes {
  const layer = (values: readonly number[]): NonNullable<FrameShapes['layers']['label']> =>
    maskRuns({ width, height, values: Uint8Array.from(values) }).map(({ value, runs, area, bbox }) => {
      return { category: value, counts: encodeCounts(runs), pixels: area, box: bbox };
    });
  const layers = { preannotation: layer(before), label: hasLabel ? layer(after) : null, prediction: null };
  return { name: 'frame 1.png', width, height, classes: CLASSES, layers };
}

function painted(drawing: Drawing, painting: Painting): readonly string[] {
  const { width, height } = drawing;
  const pixels = new Uint32Array(width * height);
  paintLayer({ pixels, width, height }, drawing, painting);
  return [...pixels].map(colourOf);
}

/** `#rrggbb` of a pixel as a canvas has it; empty for one that lets everything through. */
function colourOf(pixel: number): string {
  const [red, green, blue, alpha] = new Uint8Array(Uint32Array.of(pixel).buffer);
  return alpha === 0 ? '' : `#${[red, green, blue].map((part) => part!.toString(16).padStart(2, '0')).join('')}`;
}

describe('the overlay of a frame', () => {
  it('paints exactly the pixels that the mask has, each in the colour of its class', () => {
    fc.assert(
      fc.property(masks, (drawn) => {
        const colours = painted(readDrawing(shapesOf(drawn)), { kind: 'filled', layer: 'label' });
        expect(colours).toEqual(drawn.after.map((value) => COLOURS[value - 1] ?? ''));
      }),
    );
  });

  it('tells what was added, taken away and given another class, pixel by pixel', () => {
    const { added, removed, relabelled } = DIFFERENCE_LOOKS;
    fc.assert(
      fc.property(masks, (drawn) => {
        const expected = drawn.before.map((before, at) => {
          const after = drawn.after[at]!;
          if (before === after) return '';
          return before === 0 ? added.colour : after === 0 ? removed.colour : relabelled.colour;
        });
        expect(painted(readDrawing(shapesOf(drawn)), { kind: 'difference' })).toEqual(expected);
      }),
    );
  });

  it('finds the class below a pixel in each layer', () => {
    fc.assert(
      fc.property(masks, (drawn) => {
        const drawing = readDrawing(shapesOf(drawn));
        const name = (value: number): string => CLASSES[value - 1]?.name ?? 'background';
        const found = drawn.before.map((_, at) =>
          classesAt(drawing, at % drawn.width, Math.floor(at / drawn.width)).map(([, label]) => label),
        );
        expect(found).toEqual(drawn.before.map((before, at) => [name(before), name(drawn.after[at]!)]));
      }),
    );
  });

  it('outlines the pixels that are next to another class or to the edge of the frame', () => {
    fc.assert(
      fc.property(masks, fc.integer({ min: 1, max: 3 }), ({ width, height, after }, thickness) => {
        const inside = after.map((value) => value === 1);
        const isIn = (x: number, y: number): boolean =>
          x >= 0 && y >= 0 && x < width && y < height && inside[y * width + x]!;
        const isNear = (x: number, y: number): boolean =>
          Array.from({ length: 2 * thickness + 1 }, (_, i) => i - thickness).some((dx) =>
            Array.from({ length: 2 * thickness + 1 }, (_, j) => j - thickness).some(
              (dy) => Math.abs(dx) + Math.abs(dy) <= thickness && !isIn(x + dx, y + dy),
            ),
          );
        const [shape] = maskRuns({ width, height, values: Uint8Array.from(inside, Number) });
        const set = stretchesOf(shape === undefined ? '' : encodeCounts(shape.runs), width * height);
        const border = borderOf(set, height, width * height, thickness);
        const place = (at: number): readonly [number, number] => [at % width, Math.floor(at / width)];
        const found = inside.map((_, at) => contains(border, place(at)[0] * height + place(at)[1]));
        expect(found).toEqual(inside.map((is, at) => is && isNear(...place(at))));
      }),
    );
  });

  it('says in words what people changed', () => {
    const drawn = { width: 2, height: 2, before: [1, 1, 2, 0], after: [1, 0, 3, 3] };
    expect(frameWords(readDrawing(shapesOf(drawn)))).toBe(
      'Frame frame 1.png, 2 by 2 pixels. People changed 3 pixels, 75.0 % of those with a class. ' +
        'class 3: new, 2 pixels; class 1: 0 pixels added, 1 taken away; class 2: taken away, 1 pixel.',
    );
    expect(frameWords(readDrawing(shapesOf({ ...drawn, after: drawn.before })))).toMatch(/People changed nothing\.$/);
    expect(frameWords(readDrawing(shapesOf(drawn, false)))).toMatch(/Pre-annotation with class 1, class 2\.$/);
  });

  it('paints nothing beyond the frame, whatever the runs say', () => {
    const shapes = shapesOf({ width: 2, height: 2, before: [0, 0, 0, 0], after: [0, 0, 0, 0] });
    const label = [{ category: 1, counts: encodeCounts([3, 500]), pixels: 500, box: [0, 0, 2, 2] as const }];
    const colours = painted(readDrawing({ ...shapes, layers: { ...shapes.layers, label } }), {
      kind: 'filled',
      layer: 'label',
    });
    expect(colours).toEqual(['', '', '', COLOURS[0]]);
  });

  it('gives neighbouring classes patterns that differ in every colour', () => {
    const strength = (place: number): string => [...patternTile('#808080', place)].join(' ');
    expect(new Set(Array.from({ length: PATTERN_COUNT }, (_, place) => strength(place))).size).toBe(PATTERN_COUNT);
  });
});
