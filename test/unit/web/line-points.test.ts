import { describe, expect, it } from '@jest/globals';
import { linePoints } from '../../../web/src/parts/line-points.ts';

const BOX = { width: 100, height: 20, margin: 2 };

describe('points of a small line', () => {
  it('go from left to right, the largest value at the top and the smallest at the bottom', () => {
    expect(linePoints([0.5, 0.7, 0.9], BOX)).toEqual([
      [2, 18],
      [50, 10],
      [98, 2],
    ]);
  });

  it('lie in the middle where nothing has changed, and nearly so where little has', () => {
    expect(linePoints([0.8, 0.8], BOX)).toEqual([
      [2, 10],
      [98, 10],
    ]);
    const [[, first] = [0, 0], [, last] = [0, 0]] = linePoints([0.8, 0.805], BOX);
    expect(first - last).toBeGreaterThan(0);
    expect(first - last).toBeLessThan(1);
  });

  it('begin at the left with one value, and are none without any', () => {
    expect(linePoints([0.4], BOX)).toEqual([[2, 10]]);
    expect(linePoints([], BOX)).toEqual([]);
  });
});
