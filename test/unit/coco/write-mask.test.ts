import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { readMask } from '../../../src/coco/read-mask.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';
import { chunksOf } from '../../kit/png-chunks.ts';
import { maskOf } from './mask-of.ts';

describe('writeMask', () => {
  it('writes 8-bit grey that the mask reader and pngjs read back', () => {
    const mask = maskOf('0 1 2', '255 7 9');
    const png = writeMask(mask);
    expect(readMask(png, 'a.png')).toEqual(mask);
    const { data } = PNG.sync.read(Buffer.from(png));
    expect(Array.from(data).filter((_, index) => index % 4 === 0)).toEqual([...mask.values]);
  });

  it('writes 16-bit grey for a Uint16Array, small values too', () => {
    for (const values of [Uint16Array.of(0, 255, 256, 65_535), Uint16Array.of(1, 2, 3, 4)]) {
      const png = writeMask({ width: 2, height: 2, values });
      expect(chunksOf(Buffer.from(png))[0]!.data[8]).toBe(16);
      expect([...readMask(png, 'a.png').values]).toEqual([...values]);
    }
  });

  it('writes values that are a view into larger memory', () => {
    for (const memory of [Uint8Array.of(9, 1, 2, 9), Uint16Array.of(9, 1, 2, 9)]) {
      const png = writeMask({ width: 2, height: 1, values: memory.subarray(1, 3) });
      expect([...readMask(png, 'a.png').values]).toEqual([1, 2]);
    }
  });

  it('refuses values that do not fill the mask', () => {
    expect(() => writeMask({ width: 2, height: 2, values: new Uint8Array(3) })).toThrow('2 × 2');
    expect(() => writeMask({ width: 0, height: 0, values: new Uint8Array(0) })).toThrow('0 × 0');
  });
});
