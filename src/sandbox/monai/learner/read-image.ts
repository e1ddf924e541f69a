import { PNG } from 'pngjs';

/** An 8-bit image, three bytes a pixel, row by row. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

const SIGNATURE = '89504e470d0a1a0a';
/** More than a 4K frame; the decoder allocates what a header declares. */
const MAX_PIXELS = 2 ** 24;

/**
 * Decodes a PNG; grey images are spread over the three channels.
 *
 * @throws Error if the bytes are no PNG or declare more than 2^24 pixels
 */
export function readImage(bytes: Uint8Array): RgbImage {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 24 || buffer.toString('hex', 0, 8) !== SIGNATURE) throw new Error('cannot identify image file');
  const pixels = buffer.readUInt32BE(16) * buffer.readUInt32BE(20);
  if (pixels > MAX_PIXELS) throw new Error(`image of ${pixels} pixels is too large`);
  const { width, height, data } = PNG.sync.read(buffer);
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) rgb.set(data.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
  return { width, height, rgb };
}
