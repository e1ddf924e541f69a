import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { readMask } from '../../../src/coco/read-mask.ts';
import { pngOf } from '../../kit/png-chunks.ts';
import { headerOf, writePng } from '../../kit/png-writer.ts';
import { maskOf } from './mask-of.ts';

const END = { type: 'IEND', data: Buffer.alloc(0) };

describe('readMask', () => {
  it('reads samples from bytes written by hand, one filter a row', () => {
    const rows = [
      [0, 7, 8, 9],
      [1, 7, 1, 1],
      [2, 1, 1, 1],
      [3, 5, 0, 250],
      [4, 1, 0, 3],
    ];
    const png = pngOf([
      { type: 'IHDR', data: headerOf({ width: 3, height: 5 }, { colourType: 0, bitDepth: 8 }) },
      { type: 'IDAT', data: deflateSync(Buffer.from(rows.flat())) },
      END,
    ]);
    expect([...readMask(png, 'a.png').values]).toEqual([7, 8, 9, 7, 8, 9, 8, 9, 10, 9, 9, 3, 10, 10, 6]);
  });

  it('keeps 2- and 4-bit grey as stored instead of stretching it to 8 bits', () => {
    const mask = maskOf('0 1 2 3', '3 2 1 0');
    expect(readMask(writePng(mask, { colourType: 0, bitDepth: 2 }), 'a.png')).toEqual(mask);
    expect(readMask(writePng(mask, { colourType: 0, bitDepth: 4 }), 'a.png')).toEqual(mask);
  });

  it('gives the indices of a palette image, not its colours', () => {
    const mask = maskOf('0 1 255', '17 254 3');
    expect(readMask(writePng(mask, { colourType: 3, bitDepth: 8 }), 'a.png')).toEqual(mask);
  });

  it('reads 16-bit samples into a Uint16Array even where all would fit 8 bits', () => {
    const { values } = readMask(writePng(maskOf('1 2'), { colourType: 0, bitDepth: 16 }), 'a.png');
    expect(values.BYTES_PER_ELEMENT).toBe(2);
    expect([...values]).toEqual([1, 2]);
  });

  it('reads interlaced images too small for most passes', () => {
    for (const mask of [maskOf('9'), maskOf('1 2'), maskOf('1', '2'), maskOf('1 2 3', '4 5 6', '7 8 9')]) {
      expect(readMask(writePng(mask, { colourType: 0, bitDepth: 8, interlaced: true }), 'a.png')).toEqual(mask);
    }
  });

  it('reads a file that is a view into larger memory', () => {
    const png = writePng(maskOf('1 2 3'), { colourType: 0, bitDepth: 8 });
    const memory = Buffer.concat([Buffer.alloc(13, 1), png, Buffer.alloc(5, 1)]);
    expect([...readMask(memory.subarray(13, 13 + png.length), 'a.png').values]).toEqual([1, 2, 3]);
  });

  it('reads what another writer wrote', () => {
    const png = new PNG({ width: 2, height: 2, colorType: 0, inputColorType: 0 });
    png.data = Buffer.from([0, 1, 2, 255]);
    const written = PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false });
    expect([...readMask(written, 'a.png').values]).toEqual([0, 1, 2, 255]);
  });

  it.each([8, 16] as const)('gives the grey of grey with alpha of %d bits, and 0 where alpha is 0', (bitDepth) => {
    const samples = { width: 4, height: 1, values: Uint8Array.of(7, 255, 8, 1, 9, 0, 0, 255) };
    for (const interlaced of [false, true]) {
      const png = writePng(samples, { colourType: 4, bitDepth, interlaced, filters: [1] });
      expect([...readMask(png, 'a.png').values]).toEqual([7, 8, 0, 0]);
    }
  });

  it('passes over chunks about colour and transparency', () => {
    const mask = maskOf('0 1', '3 2');
    const before = [
      { type: 'tRNS', data: Buffer.from([0, 128]) },
      { type: 'bKGD', data: Buffer.from([1]) },
    ];
    expect(readMask(writePng(mask, { colourType: 3, bitDepth: 2, before }), 'a.png')).toEqual(mask);
  });

  it('does not mind bytes after the end chunk', () => {
    const png = writePng(maskOf('1 2'), { colourType: 0, bitDepth: 8 });
    expect([...readMask(Buffer.concat([png, Buffer.from('more')]), 'a.png').values]).toEqual([1, 2]);
  });
});
