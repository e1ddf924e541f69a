import * as fc from 'fast-check';

/** One job over a whole task, as CVAT gives it. */
export interface ShapeTask {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly annotations: {
    readonly shapes: readonly object[];
    readonly tracks: readonly object[];
    readonly tags: readonly object[];
  };
}

const FRAMES = 6;
const LABELS = [1, 2, 3];
const MOST_PIXELS_OUTSIDE = 12;
const OWNED = { group: 0, source: 'manual', attributes: [] };
const DRAWN = { occluded: false, outside: false, rotation: 0 };

interface Size {
  readonly width: number;
  readonly height: number;
}

type Outline = fc.Arbitrary<{ readonly type: string; readonly points: readonly number[]; readonly rotation?: number }>;

/** Coordinates in and around an image: whole, half, tenths, hundredths as CVAT's page sends them, and any. */
function coordinate(side: number): fc.Arbitrary<number> {
  const range = { min: -MOST_PIXELS_OUTSIDE, max: side + MOST_PIXELS_OUTSIDE };
  const parts = (one: number) =>
    fc.integer({ min: one * range.min, max: one * range.max }).map((number) => number / one);
  return fc.oneof(parts(1), parts(2), parts(10), parts(100), fc.double({ ...range, noNaN: true }));
}

/** Degrees; nothing so small that only the rounding of two languages tells it from none. */
const rotation = fc.oneof(
  fc.constantFrom(0, 0, 90, 180, 360),
  fc.integer({ min: 0, max: 36e5 }).map((parts) => parts / 1e4),
);

function polygon({ width, height }: Size): Outline {
  const corner = fc.tuple(coordinate(width), coordinate(height));
  return fc
    .array(corner, { minLength: 3, maxLength: 12 })
    .map((corners) => ({ type: 'polygon', points: corners.flat() }));
}

function rectangle({ width, height }: Size): Outline {
  const corner = fc.tuple(coordinate(width), coordinate(height));
  return fc.tuple(corner, corner, rotation).map(([[x0, y0], [x1, y1], turned]) => ({
    type: 'rectangle',
    points: [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)],
    rotation: turned,
  }));
}

function eighths(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min: 8 * min, max: 8 * max }).map((number) => number / 8);
}

/** In eighths of a pixel, which both languages compute with exactly: centres of pixels lie on the edge often enough. */
function ellipse({ width, height }: Size): Outline {
  const centre = (side: number) => eighths(-MOST_PIXELS_OUTSIDE, side + MOST_PIXELS_OUTSIDE);
  return fc
    .tuple(centre(width), centre(height), eighths(0, 30), eighths(0, 30), rotation)
    .map(([cx, cy, rx, ry, turned]) => ({ type: 'ellipse', points: [cx, cy, cx + rx, cy - ry], rotation: turned }));
}

function mask({ width, height }: Size): Outline {
  const column = fc.nat(width - 1);
  const row = fc.nat(height - 1);
  return fc
    .tuple(column, row, column, row, fc.array(fc.nat(9), { minLength: 1, maxLength: 30 }))
    .map(([x0, y0, x1, y1, lengths]) => {
      const box = [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)] as const;
      let left = (box[2] - box[0] + 1) * (box[3] - box[1] + 1);
      const runs: number[] = [];
      while (left > 0) {
        const wanted = lengths[runs.length % lengths.length] ?? 0;
        const length = Math.min(left, runs.length === 0 ? wanted : wanted + 1);
        runs.push(length);
        left -= length;
      }
      return { type: 'mask', points: [...runs, ...box] };
    });
}

/** What has no pixels. */
const bare: Outline = fc.constantFrom(
  { type: 'polyline', points: [1, 1, 9, 9, 3, 7] },
  { type: 'points', points: [2, 2, 4, 4] },
);

/** An outline that moves without changing its form, hides at the second keyframe or stays, and comes back at the third. */
function track(
  outline: fc.Arbitrary<{ type: string; points: readonly number[]; rotation?: number }>,
): fc.Arbitrary<object> {
  const step = fc.integer({ min: -40, max: 40 }).map((fifths) => fifths / 4);
  const keys = fc.uniqueArray(fc.nat(FRAMES - 1), { minLength: 1, maxLength: 3 });
  const set = fc.record({ label_id: fc.constantFrom(...LABELS), z_order: fc.integer({ min: -1, max: 1 }) });
  return fc
    .tuple(outline, keys, fc.array(fc.tuple(step, step), { minLength: 3, maxLength: 3 }), fc.boolean(), set)
    .map(([first, frames, steps, hides, { label_id, z_order }]) => {
      const ordered = frames.toSorted((a, b) => a - b);
      const shapes = ordered.map((frame, i) => ({
        ...DRAWN,
        ...first,
        frame,
        z_order,
        attributes: [],
        outside: hides && i === 1,
        points: first.points.map((value, at) => value + (i === 0 ? 0 : (steps[i]?.[at % 2] ?? 0))),
      }));
      return { ...OWNED, label_id, frame: ordered[0], shapes, elements: [] };
    });
}

/** Random tasks with shapes of every type, one over the other, on images of up to 60 × 60 pixels. */
export function randomTasks(seed: number, tasks: number): ShapeTask[] {
  const side = fc.integer({ min: 1, max: 60 });
  const arbitrary = fc.tuple(side, side).chain(([width, height]) => {
    const size = { width, height };
    const shape = fc.record({
      label_id: fc.constantFrom(...LABELS),
      frame: fc.nat(FRAMES - 1),
      z_order: fc.integer({ min: -1, max: 1 }),
      outline: fc.oneof(polygon(size), rectangle(size), ellipse(size), mask(size), bare),
    });
    const moving = track(fc.oneof(polygon(size), rectangle(size), ellipse(size)));
    return fc
      .tuple(fc.array(shape, { minLength: 1, maxLength: 20 }), fc.array(moving, { maxLength: 3 }))
      .map(([shapes, tracks]) => ({
        ...size,
        shapes: shapes.map(({ outline, ...more }, id) => ({
          ...OWNED,
          ...DRAWN,
          ...outline,
          ...more,
          id,
          elements: [],
        })),
        tracks: tracks.map((one, i) => ({ ...one, id: 1000 + i })),
      }));
  });
  return fc.sample(arbitrary, { seed, numRuns: tasks }).map(({ width, height, shapes, tracks }, i) => {
    return { name: `random ${i}`, width, height, frames: FRAMES, annotations: { shapes, tracks, tags: [] } };
  });
}
