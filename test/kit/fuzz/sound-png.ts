import type { Random } from '../../../src/sandbox/scenes/random.ts';
import type { PngFilter } from '../png-filter.ts';
import { CHANNELS, writePng, type PngLayout } from '../png-writer.ts';

/** Every layout of PNG; grey of 8 bits more often. */
export const PNG_KINDS: readonly Pick<PngLayout, 'colourType' | 'bitDepth'>[] = [
  ...([1, 2, 4, 8, 8, 8, 16] as const).map((bitDepth) => ({ colourType: 0 as const, bitDepth })),
  ...([1, 2, 4, 8] as const).map((bitDepth) => ({ colourType: 3 as const, bitDepth })),
  ...([2, 4, 6] as const).flatMap((colourType) => ([8, 16] as const).map((bitDepth) => ({ colourType, bitDepth }))),
];
const BYTES = [0, 0, 1, 2, 3, 128, 255];

/** One of a list. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const chosen = list[random.integer(0, list.length - 1)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
}

/** So many random bytes. */
export function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.integer(0, 255)));
}

/** A small sound PNG of any layout: a few values or colours in rectangles, or noise. */
export function soundPng(random: Random): Buffer {
  const kind = pick(random, PNG_KINDS);
  const [width, height] = [random.integer(1, random.chance(0.1) ? 70 : 12), random.integer(1, 12)];
  const size = 2 ** kind.bitDepth;
  const entries = random.chance(0.7) ? Math.min(size, 256) : random.integer(1, Math.min(size, 256));
  const transparency =
    kind.colourType === 3
      ? randomBytes(random, random.integer(0, entries)).map((byte) => (byte > 128 ? 255 : 0))
      : Buffer.from(Array.from({ length: CHANNELS[kind.colourType] }, () => [0, pick(random, BYTES)]).flat());
  const layout: PngLayout = {
    ...kind,
    interlaced: random.chance(0.4),
    filters: Array.from({ length: random.integer(1, 5) }, () => random.integer(0, 4) as PngFilter),
    idatBytes: random.chance(0.3) ? [random.integer(0, 9), random.integer(0, 9)] : [],
    level: pick(random, [0, 6, 9]),
    palette: Buffer.from(Array.from({ length: 3 * entries }, () => pick(random, BYTES))),
    before: random.chance(0.3) ? [{ type: 'tRNS', data: Buffer.from(transparency) }] : [],
    after: random.chance(0.2) ? [{ type: 'tEXt', data: randomBytes(random, 5) }] : [],
  };
  return writePng({ width, height, values: paintedSamples(random, width, height, kind) }, layout);
}

function paintedSamples(random: Random, width: number, height: number, kind: (typeof PNG_KINDS)[number]): Uint16Array {
  const channels = CHANNELS[kind.colourType];
  const largest = 2 ** kind.bitDepth - 1;
  const sample = (): number => {
    const byte = random.chance(0.1) ? random.integer(0, 255) : pick(random, BYTES);
    if (kind.bitDepth === 16) return random.chance(0.8) ? 257 * byte : byte;
    return byte & largest;
  };
  const paints = Array.from({ length: random.integer(1, 6) }, () => Array.from({ length: channels }, sample));
  const noisy = random.chance(0.3);
  const values = new Uint16Array(channels * width * height);
  const paint = (at: number): void => values.set(pick(random, paints), channels * at);
  if (noisy) for (let at = 0; at < width * height; at += 1) paint(at);
  for (let i = 0; i < 4; i += 1) {
    const [left, top] = [random.integer(0, width - 1), random.integer(0, height - 1)];
    const [right, bottom] = [random.integer(left, width - 1), random.integer(top, height - 1)];
    const colour = pick(random, paints);
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) values.set(colour, channels * (y * width + x));
    }
  }
  return values;
}
