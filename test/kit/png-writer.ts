import { deflateSync } from 'node:zlib';
import type { Mask } from '../../src/coco/mask.ts';
import { pngOf, type KitChunk } from './png-chunks.ts';
import { filterRow, type PngFilter } from './png-filter.ts';

/** How the samples of a mask are stored. */
export interface PngLayout {
  /** 0 for grey, 3 for palette. */
  readonly colourType: 0 | 3;
  /** 16 only for grey. */
  readonly bitDepth: 1 | 2 | 4 | 8 | 16;
  readonly interlaced?: boolean;
  /** Filter of the first row, the second, …; used again from the start where rows outnumber them. Default: none. */
  readonly filters?: readonly PngFilter[];
  /** Bytes of each IDAT chunk; 0 makes empty ones. The last chunk takes the rest. Default: all in one. */
  readonly idatBytes?: readonly number[];
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

/** Writes a mask in the given layout. Samples must fit the bit depth. */
export function writePng(mask: Mask, layout: PngLayout): Buffer {
  const raw = Buffer.concat(gridsOf(mask, layout).flatMap((grid) => rowsOf(mask, grid, layout)));
  const stream = deflateSync(raw, { level: layout.level ?? 6 });
  return pngOf([
    { type: 'IHDR', data: headerOf(mask, layout) },
    ...(layout.colourType === 3 ? [{ type: 'PLTE', data: palette(2 ** layout.bitDepth) }] : []),
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
  let above: Buffer = Buffer.alloc(0);
  return grid.rows.map((y, index) => {
    const row = pack(
      grid.columns.map((x) => mask.values[y * mask.width + x] ?? 0),
      layout.bitDepth,
    );
    const filtered = filterRow(filters[index % filters.length] ?? 0, row, above, layout.bitDepth === 16 ? 2 : 1);
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
