import { expect, it } from '@jest/globals';
import { ChangedPixels } from '../../../src/coco/png/changed-pixels.ts';
import { collectChanged } from '../../../src/coco/png/collect-changed.ts';

const header = { width: 9, height: 4, bitDepth: 8, channels: 1, palette: false, interlaced: false } as const;

/** Rows with their filter bytes: a shape of two rows by three columns under the filter `Up`. */
function rows(): number[] {
  const shape = [0, 0, 7, 7, 7, 0, 0, 0, 0];
  const none = Array<number>(9).fill(0);
  const back = shape.map((value) => (256 - value) % 256);
  return [none, shape, none, back].flatMap((row) => [2, ...row]);
}

it.each([0, 1, 2, 3])('reads rows in a Buffer that begins %i bytes after a multiple of four', (odd) => {
  const memory = Buffer.from(new ArrayBuffer(64));
  memory.set(rows(), odd);
  const inflated = memory.subarray(odd, odd + rows().length);
  const changed = new ChangedPixels();
  expect(collectChanged(inflated, header, changed, 'a.png')).toBe(true);
  const found = Array.from({ length: changed.length }, (_, i) => [changed.xs[i], changed.ys[i], changed.values[i]]);
  expect(found).toEqual([
    [2, 1, 7],
    [3, 1, 7],
    [4, 1, 7],
    [2, 3, 0],
    [3, 3, 0],
    [4, 3, 0],
  ]);
  expect([...inflated]).toEqual(rows());
});
