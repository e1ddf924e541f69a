import { MaskloopError } from '../../contracts/error.ts';
import { corruptPng } from './corrupt.ts';

/** Bits of one sample. */
export type BitDepth = 1 | 2 | 4 | 8 | 16;

/** What a PNG of one channel declares about its pixels. */
export interface Header {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: BitDepth;
  /** True for palette images, whose samples are indices. */
  readonly palette: boolean;
  /** True for Adam7. */
  readonly interlaced: boolean;
}

/** Larger images are refused before anything is allocated for them. */
const MAX_PIXELS = 2 ** 28;
const MAX_SIDE = 2 ** 31 - 1;
const HEADER_BYTES = 13;

const COLOUR_TYPES = new Map<number, { readonly name: string; readonly depths: readonly BitDepth[] }>([
  [0, { name: 'grey', depths: [1, 2, 4, 8, 16] }],
  [2, { name: 'RGB', depths: [8, 16] }],
  [3, { name: 'palette', depths: [1, 2, 4, 8] }],
  [4, { name: 'grey with alpha', depths: [8, 16] }],
  [6, { name: 'RGB with alpha', depths: [8, 16] }],
]);
const GREY = 0;
const PALETTE = 3;

/**
 * Reads the data of an `IHDR` chunk and holds every field against the PNG specification (third edition), 11.2.1.
 *
 * @throws MaskloopError `CorruptPng` for values that no PNG has, `ColourImage` for more than one channel,
 * `ImageTooLarge` above 2^28 pixels
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
  const depth = checkColour(where, colourType, bitDepth);
  if (width * height > MAX_PIXELS) {
    throw new MaskloopError(
      'ImageTooLarge',
      `${where} declares ${width} × ${height} pixels; ${MAX_PIXELS} pixels are allowed.`,
      { facts: { file: where, width, height, limit: MAX_PIXELS } },
    );
  }
  return { width, height, bitDepth: depth, palette: colourType === PALETTE, interlaced: interlace === 1 };
}

function checkColour(where: string, colourType: number, bitDepth: number): BitDepth {
  const colour = COLOUR_TYPES.get(colourType);
  const depth = colour?.depths.find((allowed) => allowed === bitDepth);
  if (colour === undefined || depth === undefined) {
    throw corruptPng(where, `its header declares colour type ${colourType} with ${bitDepth} bits a sample`, {
      colourType,
      bitDepth,
    });
  }
  if (colourType !== GREY && colourType !== PALETTE) {
    throw new MaskloopError('ColourImage', `${where} is ${colour.name}; a mask has one channel.`, {
      facts: { file: where, colourType, colour: colour.name },
    });
  }
  return depth;
}
