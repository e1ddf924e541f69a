import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { byGroup, drawByGroup } from '../../../src/selection/draw-by-group.ts';
import type { PoolFrame } from '../../../src/selection/pool-frame.ts';

const pool = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.string({ maxLength: 6 })), { maxLength: 30 })
  .map((pairs) => pairs.map(([group, rest], index): PoolFrame => ({ name: `${group}/${rest}${index}`, group })));

const names = (frames: readonly PoolFrame[]): readonly string[] => frames.map(({ name }) => name);

/** A pool of some videos of some lengths. */
function videos(lengths: Readonly<Record<string, number>>): readonly PoolFrame[] {
  return Object.entries(lengths).flatMap(([group, length]) =>
    Array.from({ length }, (_, at) => ({ name: `${group}/frame_${String(at).padStart(4, '0')}.png`, group })),
  );
}

/** The same draw as it is said: one after the other, first a group of those with frames left, then one of its frames. */
function oneByOne(frames: readonly PoolFrame[], next: () => number): readonly string[] {
  const left = [...byGroup(frames).values()].map((members) => [...members]);
  const drawn: string[] = [];
  while (left.length > 0) {
    const at = Math.floor(next() * left.length);
    const members = left[at] ?? [];
    drawn.push(...names(members.splice(Math.floor(next() * members.length), 1)));
    if (members.length === 0) left.splice(at, 1);
  }
  return drawn;
}

describe('a draw by groups', () => {
  it('has every frame once, in an order that does not depend on how the frames were listed', () => {
    fc.assert(
      fc.property(pool, fc.string(), fc.func(fc.nat()), (frames, seed, shuffle) => {
        const drawn = names(drawByGroup(frames, seed));
        expect(drawn.toSorted()).toEqual(names(frames).toSorted());
        const shuffled = frames.toSorted((a, b) => shuffle(a.name) - shuffle(b.name));
        expect(names(drawByGroup(shuffled, seed))).toEqual(drawn);
      }),
    );
  });

  it('brings no frame later when others have left the pool', () => {
    fc.assert(
      fc.property(pool, fc.string(), fc.func(fc.boolean()), (frames, seed, stays) => {
        const before = names(drawByGroup(frames, seed));
        const after = names(
          drawByGroup(
            frames.filter(({ name }) => stays(name)),
            seed,
          ),
        );
        for (const [place, name] of after.entries()) expect(place).toBeLessThanOrEqual(before.indexOf(name));
      }),
    );
  });

  it('is another one for another seed', () => {
    const frames = videos({ a: 20, b: 20 });
    expect(names(drawByGroup(frames, 'one'))).not.toEqual(names(drawByGroup(frames, 'two')));
  });

  it('draws groups and frames as often as drawing them one by one does', () => {
    const frames = videos({ video_1: 60, video_2: 3, video_3: 12 });
    const [tries, places] = [4000, 12];
    const counts = { ours: new Map<string, number>(), slow: new Map<string, number>() };
    const count = (of: Map<string, number>, drawn: readonly string[]): void => {
      for (const name of drawn.slice(0, places)) {
        const key = name.split('/')[0] ?? '';
        of.set(key, (of.get(key) ?? 0) + 1 / tries);
      }
    };
    let state = 7;
    // The minimal standard generator of Park and Miller.
    const next = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
    for (let seed = 0; seed < tries; seed += 1) {
      count(counts.ours, names(drawByGroup(frames, `seed ${seed}`)));
      count(counts.slow, oneByOne(frames, next));
    }
    for (const group of ['video_1', 'video_2', 'video_3']) {
      expect(Math.abs((counts.ours.get(group) ?? 0) - (counts.slow.get(group) ?? 0))).toBeLessThan(0.15);
    }
    // By frames and not by groups, the long video would have 9.6 of the first 12.
    expect(counts.ours.get('video_1')).toBeLessThan(6);
  });

  it('gives each frame of a group the same chance to be its first', () => {
    const frames = videos({ v: 8, w: 1 });
    const firsts = new Map<string, number>();
    for (let seed = 0; seed < 4000; seed += 1) {
      const first = names(drawByGroup(frames, `${seed}`)).find((name) => name.startsWith('v/')) ?? '';
      firsts.set(first, (firsts.get(first) ?? 0) + 1);
    }
    expect(firsts.size).toBe(8);
    // 500 expected, with a standard deviation of 21.
    for (const times of firsts.values()) expect(Math.abs(times - 500)).toBeLessThan(100);
  });
});
