import { crc32, inflateSync } from 'node:zlib';

/** A sound PNG, read slowly and straight from the specification, for comparison. */
export interface ReferencePng {
  readonly width: number;
  readonly height: number;
  readonly colourType: number;
  readonly bitDepth: number;
  /** The samples of each pixel, row by row. */
  readonly pixels: readonly (readonly number[])[];
  readonly palette: Buffer | null;
  readonly transparency: Buffer | null;
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
/** For each pixel of an 8 × 8 block the pass of Adam7 that stores it, as the specification draws it. */
const ADAM7 = ['16462646', '77777777', '56565656', '77777777', '36463646', '77777777', '56565656', '77777777'];
/** No file of the fuzzer that is sound has more pixels; of those that lie, few bytes are believed. */
const MOST_PIXELS = 2 ** 16;

/** The content of a file, or null if it is not sound. */
export function referencePng(png: Buffer): ReferencePng | null {
  const chunks = chunksOf(png);
  const [first] = chunks ?? [];
  if (chunks === null || first?.type !== 'IHDR' || first.data.length !== 13) return null;
  const [width, height] = [first.data.readUInt32BE(0), first.data.readUInt32BE(4)];
  const [bitDepth = 0, colourType = 0, compression, filter, interlace = 2] = first.data.subarray(8);
  if (compression !== 0 || filter !== 0 || interlace > 1) return null;
  if (DEPTHS[colourType]?.includes(bitDepth) !== true) return null;
  if (width === 0 || height === 0 || width * height > MOST_PIXELS) return null;
  const parts = partsOf(chunks.slice(1), colourType);
  if (parts === null) return null;
  const raw = inflated(parts.stream);
  const grid = { width, height, bits: bitDepth, channels: CHANNELS[colourType] ?? 1, interlaced: interlace === 1 };
  const pixels = raw === null ? null : pixelsOf(raw, grid);
  if (pixels === null) return null;
  return { width, height, colourType, bitDepth, pixels, palette: parts.palette, transparency: parts.transparency };
}

function chunksOf(png: Buffer): Chunk[] | null {
  if (png.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const end = at + 8 + length;
    if (!/^[a-z]{4}$/i.test(type) || end + 4 > png.length) return null;
    if (crc32(png.subarray(at + 4, end)) !== png.readUInt32BE(end)) return null;
    chunks.push({ type, data: png.subarray(at + 8, end) });
    if (type === 'IEND') return chunks;
    at = end + 4;
  }
  return null;
}

/** Chunks behind the header by their meaning. Null if one is missing, twice, out of place or unknown and critical. */
function partsOf(chunks: readonly Chunk[], colourType: number) {
  const order = chunks.map(({ type }) => type);
  const [first, last] = [order.indexOf('IDAT'), order.lastIndexOf('IDAT')];
  if (first === -1 || order.slice(first, last).some((type) => type !== 'IDAT')) return null;
  if (order.some((type) => /^[A-Z]/.test(type) && !['PLTE', 'IDAT', 'IEND'].includes(type))) return null;
  const palettes = chunks.filter(({ type }) => type === 'PLTE');
  const palette = palettes[0]?.data ?? null;
  if (palettes.length > 1) return null;
  if (palette !== null && (palette.length % 3 !== 0 || palette.length === 0 || palette.length > 768)) return null;
  if (colourType === 3 && (palette === null || order.indexOf('PLTE') > first)) return null;
  const transparency = chunks.slice(0, first).find(({ type }) => type === 'tRNS')?.data ?? null;
  const stream = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  return { palette, transparency, stream };
}

function inflated(stream: Buffer): Buffer | null {
  try {
    const answer = inflateSync(stream, { maxOutputLength: 2 ** 22, info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return answer.engine.bytesWritten === stream.length ? answer.buffer : null;
  } catch {
    return null;
  }
}

interface Grid {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly channels: number;
  readonly interlaced: boolean;
}

function pixelsOf(raw: Buffer, { width, height, bits, channels, interlaced }: Grid): number[][] | null {
  const pixels: number[][] = Array.from({ length: width * height });
  const step = Math.ceil((bits * channels) / 8);
  let at = 0;
  for (const pass of interlaced ? '1234567' : ' ') {
    const xs = [...Array(width).keys()].filter((x) => !interlaced || ADAM7.some((line) => line[x % 8] === pass));
    const ys = [...Array(height).keys()].filter((y) => !interlaced || ADAM7[y % 8]?.includes(pass));
    if (xs.length === 0) continue;
    let above: number[] = [];
    for (const y of ys) {
      const end = at + 1 + Math.ceil((xs.length * bits * channels) / 8);
      if (end > raw.length || raw[at]! > 4) return null;
      const row = plainRow(raw[at]!, [...raw.subarray(at + 1, end)], above, step);
      const text = row.map((byte) => byte.toString(2).padStart(8, '0')).join('');
      for (const [i, x] of xs.entries()) {
        const samples = Array.from({ length: channels }, (_, c) => (i * channels + c) * bits);
        pixels[y * width + x] = samples.map((bit) => Number.parseInt(text.slice(bit, bit + bits), 2));
      }
      above = row;
      at = end;
    }
  }
  return at === raw.length ? pixels : null;
}

function plainRow(filter: number, filtered: readonly number[], above: readonly number[], step: number): number[] {
  const row: number[] = [];
  for (const [i, byte] of filtered.entries()) {
    const [a, b, c] = [row[i - step] ?? 0, above[i] ?? 0, above[i - step] ?? 0];
    const distances = [b - c, a - c, a + b - 2 * c].map(Math.abs);
    const paeth = [a, b, c][distances.indexOf(Math.min(...distances))] ?? 0;
    row.push((byte + ([0, a, b, Math.floor((a + b) / 2), paeth][filter] ?? 0)) & 255);
  }
  return row;
}
