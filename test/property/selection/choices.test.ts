import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { createLooks, greyDistance } from '../../../src/selection/alike.ts';
import { chooseCentres } from '../../../src/selection/k-centre.ts';
import { disagreement, hasForeground } from '../../../src/selection/disagreement.ts';
import { heldOutGroups } from '../../../src/selection/held-out-groups.ts';
import { mirrorMask, MIRRORS } from '../../../src/selection/mirror.ts';
import { rank } from '../../../src/selection/rank.ts';

/** Small whole numbers, so that there are many ties and no rounding. */
const points = fc.array(
  fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 })).map((pair) => Float32Array.from(pair)),
  { maxLength: 12 },
);

const far = (a: Float32Array, b: Float32Array): number => Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)));

/** The same, looking at all centres again for every point. */
function slowCentres(all: readonly Float32Array[], centres: readonly Float32Array[], count: number): readonly number[] {
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, all.length)) {
    const known = [...centres, ...chosen.map((index) => all[index] ?? new Float32Array())];
    const distances = all.map((point, index) =>
      chosen.includes(index) ? -1 : Math.min(...known.map((centre) => far(point, centre))),
    );
    chosen.push(distances.indexOf(Math.max(...distances)));
  }
  return chosen;
}

const size = { width: 4, height: 3 };
const mask = fc
  .array(fc.integer({ min: 0, max: 3 }), { minLength: 12, maxLength: 12 })
  .map((values) => ({ ...size, values: Uint8Array.from(values) }));

describe('far points', () => {
  it('are those that looking at every distance again finds, and come ever nearer', () => {
    fc.assert(
      fc.property(points, points, fc.nat(14), (all, centres, count) => {
        const chosen = chooseCentres(all, centres, count);
        expect(chosen.map(({ index }) => index)).toEqual(slowCentres(all, centres, count));
        for (const [at, { distance }] of chosen.entries()) {
          expect(distance).toBeLessThanOrEqual(chosen[at - 1]?.distance ?? Infinity);
        }
      }),
    );
  });

  it('cover all points at most twice as badly as the best choice of as many', () => {
    fc.assert(
      fc.property(
        points.filter(({ length }) => length >= 2),
        (all) => {
          const radius = (centres: readonly Float32Array[]): number =>
            Math.max(...all.map((point) => Math.min(...centres.map((centre) => far(point, centre)))));
          const pairs = all.flatMap((a, at) => all.slice(at + 1).map((b) => [a, b]));
          const best = Math.min(...pairs.map(radius));
          const ours = chooseCentres(all, [], 2).map(({ index }) => all[index] ?? new Float32Array());
          expect(radius(ours)).toBeLessThanOrEqual(2 * best + 1e-9);
        },
      ),
    );
  });
});

describe('disagreement of two predictions', () => {
  it('is 1 minus the mean of intersection over union, by sets of pixels', () => {
    fc.assert(
      fc.property(mask, mask, (a, b) => {
        const places = (of: typeof a, id: number) =>
          new Set([...of.values].flatMap((value, at) => (value === id ? [at] : [])));
        const ious = [1, 2, 3].flatMap((id) => {
          const [inA, inB] = [places(a, id), places(b, id)];
          const either = new Set([...inA, ...inB]);
          return either.size === 0 ? [] : [[...inA].filter((at) => inB.has(at)).length / either.size];
        });
        const wanted = ious.length === 0 ? 0 : 1 - ious.reduce((sum, value) => sum + value, 0) / ious.length;
        expect(disagreement(a, b)).toBeCloseTo(wanted, 12);
        expect(disagreement(b, a)).toBeCloseTo(wanted, 12);
        expect(disagreement(a, a)).toBe(0);
        expect(hasForeground(a)).toBe(a.values.some((value) => value > 0));
      }),
    );
  });

  it('is the same after both were mirrored, and mirroring twice changes nothing', () => {
    fc.assert(
      fc.property(mask, mask, fc.constantFrom(...MIRRORS), (a, b, mirror) => {
        expect(mirrorMask(mirrorMask(a, mirror), mirror)).toEqual(a);
        expect(disagreement(mirrorMask(a, mirror), mirrorMask(b, mirror))).toBeCloseTo(disagreement(a, b), 12);
      }),
    );
  });

  it('mirrors left and right, or top and bottom', () => {
    const given = { width: 3, height: 2, values: Uint8Array.from([1, 2, 3, 4, 5, 6]) };
    expect([...mirrorMask(given, 'left-right').values]).toEqual([3, 2, 1, 6, 5, 4]);
    expect([...mirrorMask(given, 'top-bottom').values]).toEqual([4, 5, 6, 1, 2, 3]);
  });
});

describe('frames that look alike', () => {
  const grey = fc.uint8Array({ minLength: 6, maxLength: 6 });

  it('are those of the same group whose mean difference is below the least', () => {
    fc.assert(
      fc.property(fc.array(grey, { maxLength: 5 }), grey, fc.float({ min: 0, max: 1 }), (known, one, least) => {
        const looks = createLooks(least);
        for (const other of known) looks.add('video', other);
        const mean = (a: Uint8Array) =>
          a.reduce((sum, value, at) => sum + Math.abs(value - (one[at] ?? 0)), 0) / 6 / 255;
        expect(looks.isAlike('video', one)).toBe(known.some((other) => mean(other) < least));
        expect(looks.isAlike('another video', one)).toBe(false);
        expect(greyDistance(one, one)).toBe(0);
      }),
    );
  });

  it('are none where nothing is to be thinned, not even the same image', () => {
    const looks = createLooks(0);
    looks.add('video', Uint8Array.of(1, 2));
    expect(looks.isAlike('video', Uint8Array.of(1, 2))).toBe(false);
  });
});

describe('ranking', () => {
  it('puts the highest score first, leaves out what has none and keeps the order of equals', () => {
    const scored = [0.2, null, 0.9, 0.2].map((score, at) => ({ at, score }));
    expect(rank(scored).map(({ at }) => at)).toEqual([2, 0, 3]);
  });
});

describe('groups that are held out', () => {
  const frames = (groups: number, each: number) =>
    Array.from({ length: groups * each }, (_, at) => ({ name: `${at}`, group: `video_${at % groups}` }));

  it('are at least one and never more than half, and have enough frames where that is possible', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 40 }),
        fc.string(),
        (groups, each, wanted, seed) => {
          const held = heldOutGroups(frames(groups, each), wanted, seed);
          expect(held.size).toBeGreaterThanOrEqual(1);
          expect(held.size).toBeLessThanOrEqual(Math.floor(groups / 2));
          if (held.size < Math.floor(groups / 2)) expect(held.size * each).toBeGreaterThanOrEqual(wanted);
          expect(heldOutGroups(frames(groups, each).toReversed(), wanted, seed)).toEqual(held);
        },
      ),
    );
  });

  it('are none where all frames are of one group', () => {
    expect(heldOutGroups(frames(1, 5), 2, 'seed').size).toBe(0);
  });

  it('are as many as there are frames wanted, where each frame is a group', () => {
    expect(heldOutGroups(frames(100, 1), 7, 'seed').size).toBe(7);
  });
});
