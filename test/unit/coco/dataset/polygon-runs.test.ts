import { describe, expect, it } from '@jest/globals';
import { polygonRuns } from '../../../../src/coco/polygon-runs.ts';

/** The polygon on 10 × 8 pixels, row by row. */
function drawn(ring: readonly number[]): string[] {
  const [width, height] = [10, 8];
  const runs = polygonRuns(ring, width, height);
  expect(runs.slice(1)).not.toContain(0);
  const columns = runs.flatMap((run, index) => Array<string>(run).fill('.#'[index % 2]!));
  expect(columns).toHaveLength(width * height);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => columns[x * height + y]!).join(''),
  );
}

const EMPTY = '..........';

// The pictures are what pycocotools 2.0.11 decodes; `npm run check:pycocotools` compares thousands more.
describe('polygonRuns', () => {
  it.each([
    ['a rectangle', [1, 1, 4, 1, 4, 3, 1, 3], [EMPTY, '.###......', '.###......', EMPTY, EMPTY, EMPTY, EMPTY, EMPTY]],
    [
      'a triangle between pixels',
      [0.5, 0.5, 8.4, 2.2, 3.1, 7.7],
      [EMPTY, '.####.....', '.#######..', '..#####...', '..####....', '..###.....', '...#......', EMPTY],
    ],
    [
      'one that reaches out of the image',
      [-3, -3, 15, 4, 2, 12],
      ['######....', '#########.', '##########', '##########', '##########', '##########', '##########', '.########.'],
    ],
    [
      'one with doubled corners',
      [5, 1, 5, 1, 5, 7, 5, 7, 9, 4],
      [EMPTY, '.....#....', '.....##...', '.....###..', '.....###..', '.....##...', '.....#....', EMPTY],
    ],
    [
      'one that crosses itself',
      [2, 2, 8, 6, 8, 2, 2, 6],
      [EMPTY, EMPTY, '..#....#..', '..##..##..', '..##..##..', '..#....#..', EMPTY, EMPTY],
    ],
    ['one outside', [20, 20, 30, 20, 30, 30], Array<string>(8).fill(EMPTY)],
  ])('fills %s as pycocotools does', (_, ring, picture) => {
    expect(drawn(ring)).toEqual(picture);
  });

  it('does not walk along edges that are far longer than the image', () => {
    const far = 1e8;
    const started = performance.now();
    expect(drawn([-far, -far, far, -far, far, far, -far, far])).toEqual(Array<string>(8).fill('##########'));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
