import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { readStructure } from '../../../src/coco/png/structure.ts';
import { readMask } from '../../../src/coco/read-mask.ts';
import { chunksOf, pngOf, type KitChunk } from '../../kit/png-chunks.ts';
import { headerOf, writePng, type PngLayout } from '../../kit/png-writer.ts';
import { failureOf } from './failure-of.ts';
import { maskOf } from './mask-of.ts';

const GREY: PngLayout = { colourType: 0, bitDepth: 8 };
const SOUND = writePng(maskOf('1 2 3', '4 5 6'), GREY);
const ROWS = Buffer.from([0, 1, 2, 3, 0, 4, 5, 6]);

function failureOfPng(png: Uint8Array) {
  return failureOf(() => readMask(png, 'some/a.png'));
}

/** The sound file with the data of one chunk replaced, and its check sum made right again. */
function withChunk(type: string, data: Buffer): Buffer {
  return pngOf(chunksOf(SOUND).map((chunk) => (chunk.type === type ? { type, data } : chunk)));
}

function withHeader(change: (header: Buffer) => void): Buffer {
  const header = headerOf({ width: 3, height: 2 }, GREY);
  change(header);
  return withChunk('IHDR', header);
}

function withChunks(edit: (chunks: KitChunk[]) => KitChunk[]): Buffer {
  return pngOf(edit(chunksOf(SOUND)));
}

describe('readMask refuses', () => {
  it('a file that is something else, naming how it begins', async () => {
    const failure = await failureOfPng(Buffer.from('\xff\xd8\xff\xe0JFIF', 'latin1'));
    expect(failure).toMatchObject({ code: 'NotAPng', facts: { file: 'some/a.png', begins: 'ffd8ffe04a464946' } });
    expect(failure.message).toContain('some/a.png');
  });

  it('every file that is cut short, at whatever byte', async () => {
    for (let bytes = 0; bytes < SOUND.length; bytes += 1) {
      const failure = await failureOfPng(SOUND.subarray(0, bytes));
      expect(failure).toMatchObject({ code: 'TruncatedPng', facts: { file: 'some/a.png', bytes } });
    }
  });

  it('every single flipped bit', async () => {
    for (let bit = 0; bit < SOUND.length * 8; bit += 1) {
      const png = Buffer.from(SOUND);
      png[bit >> 3]! ^= 1 << (bit & 7);
      expect((await failureOfPng(png)).code).toMatch(/^(NotAPng|CorruptPng|TruncatedPng)$/);
    }
  });

  it.each<[string, Buffer]>([
    ['no pixels across', withHeader((header) => header.writeUInt32BE(0, 0))],
    ['no pixels down', withHeader((header) => header.writeUInt32BE(0, 4))],
    ['a side beyond 31 bits', withHeader((header) => header.writeUInt32BE(2 ** 31, 0))],
    ['a depth that grey does not have', withHeader((header) => header.writeUInt8(3, 8))],
    ['a palette of 16 bits', withHeader((header) => header.set([16, 3], 8))],
    ['a colour type that is not one', withHeader((header) => header.writeUInt8(5, 9))],
    ['an unknown compression', withHeader((header) => header.writeUInt8(1, 10))],
    ['an unknown filter method', withHeader((header) => header.writeUInt8(1, 11))],
    ['an unknown interlace method', withHeader((header) => header.writeUInt8(2, 12))],
    ['a header of the wrong length', withChunk('IHDR', Buffer.alloc(12))],
    ['no header', withChunks((chunks) => chunks.slice(1))],
    ['two headers', withChunks(([header, ...rest]) => [header!, header!, ...rest])],
    ['no image data', withChunks((chunks) => chunks.filter(({ type }) => type !== 'IDAT'))],
    ['a palette image without a palette', withHeader((header) => header.writeUInt8(3, 9))],
    ['an unknown critical chunk', withChunks(([head, ...rest]) => [head!, { type: 'CgBI', data: ROWS }, ...rest])],
    ['a chunk type that is not text', withChunks(([head, ...rest]) => [head!, { type: 'a b!', data: ROWS }, ...rest])],
    ['image data that are no zlib stream', withChunk('IDAT', ROWS)],
    ['image data without a byte', withChunk('IDAT', Buffer.alloc(0))],
    ['fewer rows than declared', withChunk('IDAT', deflateSync(ROWS.subarray(0, 4)))],
    ['one byte too few', withChunk('IDAT', deflateSync(ROWS.subarray(0, 7)))],
    ['one byte too many', withChunk('IDAT', deflateSync(Buffer.concat([ROWS, ROWS.subarray(0, 1)])))],
    ['image data a thousand times too long', withChunk('IDAT', deflateSync(Buffer.alloc(8000)))],
    ['bytes behind the zlib stream', withChunk('IDAT', Buffer.concat([deflateSync(ROWS), Buffer.from([0])]))],
    ['a zlib stream that stops early', withChunk('IDAT', deflateSync(ROWS).subarray(0, -1))],
    ['a filter that is not one', withChunk('IDAT', deflateSync(Buffer.from([0, 1, 2, 3, 5, 4, 5, 6])))],
  ])('%s', async (_, png) => {
    expect(await failureOfPng(png)).toMatchObject({ code: 'CorruptPng', facts: { file: 'some/a.png' } });
  });

  it('image data in two places, even if together they are sound', async () => {
    const text = { type: 'tEXt', data: ROWS };
    const apart = withChunks(([head, { data, type } = text, end]) => {
      return [head!, { type, data: data.subarray(0, 5) }, text, { type, data: data.subarray(5) }, end!];
    });
    expect(await failureOfPng(apart)).toMatchObject({ code: 'CorruptPng', facts: { chunk: 'tEXt' } });
  });

  it('a wrong Adler-32 in a chunk whose own check sum is right', async () => {
    const stream = deflateSync(ROWS);
    stream[stream.length - 1]! ^= 1;
    const failure = await failureOfPng(withChunk('IDAT', stream));
    expect(failure).toMatchObject({ code: 'CorruptPng', facts: { zlib: 'Z_DATA_ERROR' } });
  });

  it('palettes that are none', async () => {
    const [head, palette, ...rest] = chunksOf(writePng(maskOf('1 0'), { colourType: 3, bitDepth: 1 }));
    for (const bytes of [0, 4, 3 * 257]) {
      const png = pngOf([head!, { type: 'PLTE', data: Buffer.alloc(bytes) }, ...rest]);
      expect(await failureOfPng(png)).toMatchObject({ code: 'CorruptPng', facts: { bytes } });
    }
    expect(await failureOfPng(pngOf([head!, palette!, palette!, ...rest]))).toMatchObject({ code: 'CorruptPng' });
  });

  it.each<[string, 2 | 6]>([
    ['RGB', 2],
    ['RGB with alpha', 6],
  ])('an image in %s', async (colour, colorType) => {
    const png = PNG.sync.write(new PNG({ width: 2, height: 2 }), { colorType });
    expect(await failureOfPng(png)).toMatchObject({ code: 'ColourImage', facts: { colourType: colorType, colour } });
  });

  it('more than 2^28 pixels before it allocates anything for them', async () => {
    const header = headerOf({ width: 2 ** 14, height: 2 ** 14 + 1 }, GREY);
    const before = process.memoryUsage().arrayBuffers;
    const failure = await failureOfPng(withChunk('IHDR', header));
    expect(failure).toMatchObject({ code: 'ImageTooLarge', facts: { width: 16_384, height: 16_385, limit: 2 ** 28 } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  });

  it.each([
    ['RGB with alpha of 16 bits', 6, 16, 2 ** 26],
    ['RGB of 8 bits', 2, 8, Math.floor(2 ** 29 / 3)],
  ] as const)('as many pixels of %s as take more than 2^29 bytes', async (_, colourType, bitDepth, limit) => {
    const header = headerOf({ width: limit + 1, height: 1 }, { colourType, bitDepth });
    expect(await failureOf(() => readStructure(withChunk('IHDR', header), 'some/a.png'))).toMatchObject({
      code: 'ImageTooLarge',
      facts: { limit },
    });
    header.writeUInt32BE(limit, 0);
    expect(readStructure(withChunk('IHDR', header), 'some/a.png').header.width).toBe(limit);
  });

  it('a huge header over a tiny stream without allocating what the header asks for', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const failure = await failureOfPng(withChunk('IHDR', headerOf({ width: 2 ** 14, height: 2 ** 14 }, GREY)));
    expect(failure.code).toBe('CorruptPng');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  });
});
