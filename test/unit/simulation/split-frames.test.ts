import { describe, expect, it } from '@jest/globals';
import { groupOf } from '../../../src/gate/group-of.ts';
import { splitFrames, type Wanted } from '../../../src/simulation/split-frames.ts';

const images = [1, 2, 3, 4, 5].flatMap((video) => [1, 2, 3].map((frame) => `video_${video}/${frame}.jpg`));
const all = new Set(images.map((name) => name.replace('.jpg', '')));
const split = (wanted: Wanted, labelled: ReadonlySet<string> = all, seed = 's') =>
  splitFrames(images, labelled, { wanted, groupOf: groupOf('folder'), seed });
const videosOf = (names: readonly string[]): ReadonlySet<string> => new Set(names.map((name) => name.slice(0, 7)));

describe('the labelled frames of a pool', () => {
  it('are split by groups, none of which is on both sides, alike for the same seed', () => {
    const { pool, heldOut } = split({ share: 0.2 });
    expect([...pool, ...heldOut].toSorted()).toEqual([...images].toSorted());
    expect([...videosOf(pool)].filter((video) => videosOf(heldOut).has(video))).toEqual([]);
    expect(split({ share: 0.2 })).toEqual({ pool, heldOut });
    const others = ['a', 'b', 'c', 'd', 'e'].map((seed) =>
      [...videosOf(split({ share: 0.2 }, all, seed).heldOut)].join(),
    );
    expect(new Set(others).size).toBeGreaterThan(1);
  });

  it('hold out the groups of the frames that are named', () => {
    const { heldOut } = split({ stems: new Set(['video_2/1', 'video_9/1']) });
    expect(heldOut).toEqual(['video_2/1.jpg', 'video_2/2.jpg', 'video_2/3.jpg']);
  });

  it('leave out images without a label', () => {
    const some = new Set(['video_1/1', 'video_2/1', 'video_3/2']);
    const { pool, heldOut } = split({ frames: 1 }, some);
    expect([...pool, ...heldOut].toSorted()).toEqual(['video_1/1.jpg', 'video_2/1.jpg', 'video_3/2.jpg']);
    expect(heldOut).toHaveLength(1);
  });

  it('are refused where nothing would be held out or left', () => {
    const one = new Set(['video_1/1', 'video_1/2']);
    expect(() => split({ share: 0.5 }, one)).toThrow('2 of 15 images have a label, in 1 groups');
    expect(() => split({ share: 0.5 }, new Set(['frame']))).toThrow('0 of 15 images have a label');
    expect(() => split({ stems: new Set() })).toThrow('15 could be chosen, 0 held out');
  });
});
