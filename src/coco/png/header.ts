import { MaskloopError } from '../../contracts/error.ts';
import { corruptPng } from './corrupt.ts';

/** Bits of one sample. */
export type BitDepth = 1 | 2 | 4 | 8 | 16;

/** Samples of one pixel: 1 for grey and palette, 2 for grey with alpha, 3 for RGB, 4 for RGB with alpha. */
export type Channels = 1 | 2 | 3 | 4;

/** What a PNG declares about its pixels. */
export interface Header {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: BitDepth;
  readonly channels: Channels;
  /** True for palette images, whose samples are indices. */
  readonly palette: boolean;
  /** True for Adam7. */
  readonly interlaced: boolean;
}

/** Larger images are refused before anything is allocated for them. */
const MAX_PIXELS = 2 ** 28;
/** What so many pixels of one channel take at most. */
const MAX_BYTES = 2 ** 29;
const MAX_SIDE = 2 ** 31 - 1;
const HEADER_BYTES = 13;

const COLOUR_TYPES = new Map<number, { readonly channels: Channels; readonly depths: readonly BitDepth[] }>([
  [0, { channels: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { channels: 3, depths: [8, 16] }],
  [3, { channels: 1, depths: [1, 2, 4, 8] }],
  [4, { channels: 2, depths: [8, 16] }],
  [6, { channels: 4, depths: [8, 16] }],
]);
const PALETTE = 3;

/**
 * Reads the data of an `IHDR` chunk and holds every field against the PNG specification (third edition), 11.2.1.
 *
 * @throws MaskloopError `CorruptPng` for values that no PNG has, `ImageTooLarge` above 2^28 pixels or 2^29 bytes
 */
export function parseHeader(data: Uint8Array, where: string): Header {
  if (data.length !== HEADER_BYTES) {
    throw corruptPng(where, `its header has ${data.length} bytes instead of ${HEADER_BYTES}`, { bytes: data.length });
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [bitDepth = 0, colourType = 0, compression, filter, interlace] = data.subarray(8);
  if (width === 0 || height === 0 || width > MAX_SIDE || height > MAX_SIDE) {
    throw corruptPng(where, `its header declares ${width} × ${height} pixels`, { width, height });
  }
  if (compression !== 0 || filter !== 0 || (interlace !== 0 && interlace !== 1)) {
    throw corruptPng(
      where,
      `its header declares compression ${compression}, filter method ${filter}, interlace method ${interlace}`,
      { compression: compression ?? null, filter: filter ?? null, interlace: interlace ?? null },
    );
  }
  const format = formatOf(where, colourType, bitDepth);
  checkSize(where, width, height, (format.channels * format.bitDepth) / 8);
  return { width, height, ...format, palette: colourType === PALETTE, interlaced: interlace === 1 };
}

function formatOf(where: string, colourType: number, bitDepth: number): { channels: Channels; bitDepth: BitDepth } {
  const colour = COLOUR_TYPES.get(colourType);
  const depth = colour?.depths.find((allowed) => allowed === bitDepth);
  if (colour === undefined || depth === undefined) {
    throw corruptPng(where, `its header declares colour type ${colourType} with ${bitDepth} bits a sample`, {
      colourType,
      bitDepth,
    });
  }
  return { channels: colour.channels, bitDepth: depth };
}

/** The most pixels that a readable image has. @param pixelBytes what one takes; an eighth for one bit */
export function pixelLimit(pixelBytes: number): number {
  return Math.min(MAX_PIXELS, Math.floor(MAX_BYTES / pixelBytes));
}

function checkSize(where: string, width: number, height: number, pixelBytes: number): void {
  const limit = pixelLimit(pixelBytes);
  if (width * height <= limit) return;
  throw new MaskloopError(
    'ImageTooLarge',
    `${where} declares ${width} × ${height} pixels; ${limit} pixels of this kind are allowed.`,
    { facts: { file: where, width, height, limit } },
  );
}
