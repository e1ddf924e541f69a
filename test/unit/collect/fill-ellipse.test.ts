import { describe, expect, it } from '@jest/globals';
import { fillEllipse } from '../../../src/collect/fill-ellipse.ts';

function isFilled(points: readonly number[], rotation: number, [x, y]: readonly [number, number]): boolean {
  const canvas = { width: 64, height: 64, values: new Uint8Array(64 * 64) };
  fillEllipse(canvas, { points, rotation }, 1);
  return canvas.values[y * 64 + x] === 1;
}

describe('a pixel whose centre lies on the edge of an ellipse', () => {
  // Radii of 13 and 29.25, and of 17.875 and 14.625: the centres lie at 12/13 of the one and 5/13 of the other.
  it.each<[string, number[], number, [number, number]]>([
    ['upright', [36.5, 41.25, 49.5, 12], 0, [24, 52]],
    ['turned once around', [36.5, 41.25, 49.5, 12], 360, [24, 52]],
    ['with eighths', [33, 30.875, 50.875, 16.25], 0, [16, 36]],
  ])('belongs to it: %s', (_, points, rotation, pixel) => {
    expect(isFilled(points, rotation, pixel)).toBe(true);
    const smaller = points.map((value, i) => (i === 2 ? value - 1 / 1024 : value));
    expect(isFilled(smaller, rotation, pixel)).toBe(false);
  });
});
