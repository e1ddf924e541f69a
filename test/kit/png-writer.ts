import { deflateSync } from 'node:zlib';
import type { Mask } from '../../src/coco/mask.ts';
import { pngOf, type KitChunk } from './png-chunks.ts';
import { filterRow, type PngFilter } from './png-filter.ts';

/** How the samples of a mask are stored. */
export interface PngLayout {
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colourType: 0 | 2 | 3 | 4 | 6;
  /** 16 not for palette; below 8 only for grey and palette. */
  readonly bitDepth: 1 | 2 | 4 | 8 | 16;
  readonly interlaced?: boolean;
  /** Filter of the first row, the second, …; used again from the start where rows outnumber them. Default: none. */
  readonly filters?: readonly PngFilter[];
  /** Bytes of each IDAT chunk; 0 makes empty ones. The last chunk takes the rest. Default: all in one. */
  readonly idatBytes?: readonly number[];
  /** Red, green and blue of each entry. Default: as many as the depth allows. */
  readonly palette?: Buffer;
  /** Ancillary chunks between header and image data, and between image data and end. */
  readonly before?: readonly KitChunk[];
  readonly after?: readonly KitChunk[];
  /** Level of zlib, from 0 to 9. */
  readonly level?: number;
}

interface Grid {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

/** For each pixel of an 8 × 8 block the pass of Adam7 that stores it, as the specification draws it. */
const ADAM7 = ['16462646', '77777777', '56565656', '77777777', '36463646', '77777777', '56565656', '77777777'];

/** Samples of a pixel by colour type. */
export const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** Writes a mask in the given layout, with all samples of each pixel in `values`. Samples must fit the bit depth. */
export function writePng(mask: Mask, layout: PngLayout): Buffer {
  const raw = Buffer.concat(gridsOf(mask, layout).flatMap((grid) => rowsOf(mask, grid, layout)));
  const stream = deflateSync(raw, { level: layout.level ?? 6 });
  return pngOf([
    { type: 'IHDR', data: headerOf(mask, layout) },
    ...(layout.colourType === 3 ? [{ type: 'PLTE', data: layout.palette ?? palette(2 ** layout.bitDepth) }] : []),
    ...(layout.before ?? []),
    ...splitStream(stream, layout.idatBytes ?? []),
    ...(layout.after ?? []),
    { type: 'IEND', data: Buffer.alloc(0) },
  ]);
}

/** Thirteen bytes of an IHDR chunk. */
export function headerOf(size: { width: number; height: number }, layout: PngLayout): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size.width, 0);
  header.writeUInt32BE(size.height, 4);
  header[8] = layout.bitDepth;
  header[9] = layout.colourType;
  header[12] = layout.interlaced === true ? 1 : 0;
  return header;
}

function gridsOf({ width, height }: Mask, layout: PngLayout): readonly Grid[] {
  const columns = [...Array(width).keys()];
  const rows = [...Array(height).keys()];
  if (layout.interlaced !== true) return [{ columns, rows }];
  return '1234567'
    .split('')
    .map((pass) => ({
      rows: rows.filter((y) => ADAM7[y % 8]?.includes(pass)),
      columns: columns.filter((x) => ADAM7.some((line) => line[x % 8] === pass)),
    }))
    .filter((grid) => grid.rows.length > 0 && grid.columns.length > 0);
}

function rowsOf(mask: Mask, grid: Grid, layout: PngLayout): Buffer[] {
  const filters = layout.filters ?? [];
  const channels = CHANNELS[layout.colourType];
  const step = Math.max(1, (channels * layout.bitDepth) / 8);
  let above: Buffer = Buffer.alloc(0);
  return grid.rows.map((y, index) => {
    const row = pack(
      grid.columns.flatMap((x) => {
        const pixel = channels * (y * mask.width + x);
        return [...mask.values.subarray(pixel, pixel + channels)];
      }),
      layout.bitDepth,
    );
    const filtered = filterRow(filters[index % filters.length] ?? 0, row, above, step);
    above = row;
    return filtered;
  });
}

/** Joins the samples to one string of bits, high bit first, filled up with ones: padding must not matter. */
function pack(samples: readonly number[], bitDepth: number): Buffer {
  const bits = samples.map((sample) => sample.toString(2).padStart(bitDepth, '0')).join('');
  const whole = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  return Buffer.from((whole.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

function splitStream(stream: Buffer, sizes: readonly number[]): KitChunk[] {
  let rest = stream;
  const chunks = sizes.map((size) => {
    const data = rest.subarray(0, size);
    rest = rest.subarray(size);
    return { type: 'IDAT', data };
  });
  return [...chunks, { type: 'IDAT', data: rest }];
}

/** Colours that differ from their indices, so that a reader which looks them up is caught. */
function palette(entries: number): Buffer {
  return Buffer.from([...Array(entries).keys()].flatMap((index) => [255 - index, (index * 37) % 256, 7]));
}
