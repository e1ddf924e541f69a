import { describe, expect, it } from '@jest/globals';
import { outlineBetween } from '../../../src/cvat/match-outlines.ts';
import type { Keyframe, Track } from '../../../src/cvat/native.ts';
import { trackShapes } from '../../../src/cvat/track-shapes.ts';

function key(frame: number, more: Partial<Keyframe>): Keyframe {
  const same = { points: [0, 0, 4, 4], rotation: 0, zOrder: 2, occluded: false, outside: false, attributes: [] };
  return { type: 'rectangle', frame, ...same, ...more };
}

function shown(keyframes: readonly Keyframe[], lastFrame: number): [number, readonly number[], number][] {
  const track: Track = {
    id: 7,
    labelId: 3,
    frame: 0,
    group: 1,
    source: 'manual',
    attributes: [],
    keyframes,
    elements: [],
  };
  return trackShapes(track, lastFrame).map(({ frame, points, rotation }) => [frame, points, rotation]);
}

describe('a track', () => {
  it('moves on straight lines between keyframes and stays until the last frame of the job', () => {
    expect(shown([key(3, { points: [6, 0, 10, 8] }), key(0, {})], 4)).toEqual([
      [0, [0, 0, 4, 4], 0],
      [1, [2, 0, 6, 4 + 4 / 3], 0],
      [2, [4, 0, 8, 4 + 8 / 3], 0],
      [3, [6, 0, 10, 8], 0],
      [4, [6, 0, 10, 8], 0],
    ]);
  });

  it('moves towards a keyframe that is outside, and is not there from it to the next', () => {
    const keys = [key(0, {}), key(2, { outside: true, points: [4, 0, 8, 4] }), key(4, { points: [9, 9, 9, 9] })];
    expect(shown(keys, 4)).toEqual([
      [0, [0, 0, 4, 4], 0],
      [1, [2, 0, 6, 4], 0],
      [4, [9, 9, 9, 9], 0],
    ]);
  });

  it('ends with the job, and is not there before its first keyframe', () => {
    expect(shown([key(2, {}), key(9, {})], 3).map(([frame]) => frame)).toEqual([2, 3]);
    expect(shown([key(5, {})], 3)).toEqual([]);
  });

  it('turns the shorter way', () => {
    const rotations = (from: number, to: number) =>
      shown([key(0, { rotation: from }), key(2, { rotation: to })], 2).map(([, , rotation]) => rotation);
    expect(rotations(350, 10)).toEqual([350, 0, 10]);
    expect(rotations(10, 350)).toEqual([10, 0, 350]);
    expect(rotations(20, 100)).toEqual([20, 60, 100]);
  });

  it('shows a mask at its keyframes only, and several points where they were', () => {
    const mask = { type: 'mask', points: [0, 4, 0, 0, 1, 1] } as const;
    expect(shown([key(0, mask), key(3, mask)], 5).map(([frame]) => frame)).toEqual([0, 3]);
    const several = { type: 'points', points: [0, 0, 4, 4] } as const;
    expect(shown([key(0, several), key(2, { ...several, points: [2, 2, 6, 6] })], 1)[1]?.[1]).toEqual([0, 0, 4, 4]);
    const one = { type: 'points', points: [0, 0] } as const;
    expect(shown([key(0, one), key(2, { ...one, points: [2, 4] })], 1)[1]?.[1]).toEqual([1, 2]);
  });

  it('stays where the next keyframe is of another type', () => {
    const keys = [key(0, {}), key(2, { type: 'ellipse' })];
    expect(shown(keys, 1)).toEqual([
      [0, [0, 0, 4, 4], 0],
      [1, [0, 0, 4, 4], 0],
    ]);
  });

  it('moves a polygon that keeps its form as a whole, as it was recorded', () => {
    const polygon = { type: 'polygon', points: [2, 30, 10, 30, 10, 40, 2, 40] } as const;
    const moved = { ...polygon, points: [22, 30, 30, 30, 30, 40, 22, 40] };
    expect(shown([key(0, polygon), key(2, moved), key(4, { ...moved, outside: true })], 5)).toEqual([
      [0, polygon.points, 0],
      [1, [12, 30, 20, 30, 20, 40, 12, 40], 0],
      [2, moved.points, 0],
      [3, moved.points, 0],
    ]);
  });
});

describe('an outline between two others', () => {
  const square = [
    [0, 0],
    [8, 0],
    [8, 8],
    [0, 8],
    [0, 0],
  ] as const;

  it('has a corner for each pair where the second has more, at its share of the way', () => {
    const finer = [
      [0, 0],
      [4, 0],
      [8, 0],
      [8, 8],
      [0, 8],
      [0, 0],
    ] as const;
    expect(outlineBetween(square, finer, 1).slice(0, 3)).toEqual([
      [0, 0],
      [4, 0],
      [8, 0],
    ]);
    expect(outlineBetween(square, square, 0.5)).toEqual(square.map((corner) => [...corner]));
  });

  it('thins corners out that come to lie on one another', () => {
    const dense = Array.from({ length: 9 }, (_, i) => [i, 0] as const);
    const dot = [
      [5, 5],
      [5, 5],
    ] as const;
    expect(outlineBetween(dense, dot, 1).length).toBeLessThan(dense.length);
    expect(outlineBetween(dense, dot, 0.99).length).toBeLessThan(dense.length);
  });
});
