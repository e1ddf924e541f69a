import { deflateSync, inflateSync } from 'node:zlib';
import type { Random } from '../../../src/sandbox/scenes/random.ts';
import { chunksOf, pngOf, PNG_SIGNATURE, type KitChunk } from '../png-chunks.ts';
import { pick, randomBytes } from './sound-png.ts';

/** Ways to harm a sound file. */
export type Damage = (png: Buffer, random: Random) => Buffer;

const TYPES = ['IDAT', 'PLTE', 'tRNS', 'IHDR', 'IEND', 'tEXt', 'CgBI', 'id\x00T'];
const SIZES = [0, 1, 7, 2 ** 14, 2 ** 16, 2 ** 28, 2 ** 28 + 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

/** By name. Those that change chunks make the check sums right again, so that the damage gets further. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  none: (png) => png,
  'random bytes': (_, random) => randomBytes(random, random.integer(0, 80)),
  'random bytes behind the signature': (_, random) =>
    Buffer.concat([PNG_SIGNATURE, randomBytes(random, random.integer(0, 80))]),
  'random chunks': (png, random) =>
    pngOf([...chunksOf(png).slice(0, 1), ...Array.from({ length: random.integer(0, 4) }, () => chunk(random))]),
  'flipped bits': (png, random) => withBits(png, random),
  'cut short': (png, random) => png.subarray(0, random.integer(0, png.length - 1)),
  'bytes behind the end': (png, random) => Buffer.concat([png, randomBytes(random, 9)]),
  'wrong length of a chunk': (png, random) => withLength(png, random),
  'edited chunk': (png, random) => editedChunk(png, random),
  'chunks moved': (png, random) => movedChunks(png, random),
  'edited header': (png, random) => editedHeader(png, random),
  'edited rows': (png, random) => editedRows(png, random),
  'rows longer or shorter': (png, random) => resizedRows(png, random),
};

function chunk(random: Random): KitChunk {
  return { type: pick(random, TYPES), data: randomBytes(random, random.integer(0, 20)) };
}

function withBits(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = random.integer(1, 4); i > 0 && copy.length > 0; i -= 1) {
    copy[random.integer(0, copy.length - 1)]! ^= 1 << random.integer(0, 7);
  }
  return copy;
}

/** Bits flipped, bytes set, removed or put in. */
function edited(bytes: Buffer, random: Random): Buffer {
  const at = random.integer(0, bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  const kind = random.integer(0, 3);
  if (kind === 0) return Buffer.concat([before, randomBytes(random, random.integer(1, 4)), after]);
  if (kind === 1) return Buffer.concat([before, after.subarray(random.integer(1, 4))]);
  if (kind === 2) return withBits(bytes, random);
  return Buffer.concat([before, randomBytes(random, 1), after.subarray(1)]);
}

function withLength(png: Buffer, random: Random): Buffer {
  const copy = Buffer.from(png);
  const starts = [8];
  for (const { data } of chunksOf(png).slice(0, -1)) starts.push((starts.at(-1) ?? 0) + 12 + data.length);
  const at = pick(random, starts);
  const wrong = random.chance(0.5) ? pick(random, SIZES) : copy.readUInt32BE(at) + random.integer(-4, 4);
  copy.writeUInt32BE(wrong >>> 0, at);
  return copy;
}

function editedChunk(png: Buffer, random: Random): Buffer {
  const chunks = chunksOf(png);
  const chosen = random.integer(0, chunks.length - 1);
  return pngOf(
    chunks.map((one, i) => {
      if (i !== chosen) return one;
      return random.chance(0.1) ? { ...one, type: pick(random, TYPES) } : { ...one, data: edited(one.data, random) };
    }),
  );
}

function movedChunks(png: Buffer, random: Random): Buffer {
  const chunks = chunksOf(png);
  const at = random.integer(0, chunks.length - 1);
  const taken = chunks[at]!;
  const kind = random.integer(0, 3);
  if (kind === 0) return pngOf(chunks.toSpliced(at, 1));
  if (kind === 1) return pngOf(chunks.toSpliced(at, 0, taken));
  if (kind === 2) return pngOf(chunks.toSpliced(at, 0, chunk(random)));
  return pngOf(chunks.toSpliced(at, 1).toSpliced(random.integer(0, chunks.length - 1), 0, taken));
}

function editedHeader(png: Buffer, random: Random): Buffer {
  const [header, ...rest] = chunksOf(png);
  const data = Buffer.from(header!.data);
  const kind = random.integer(0, 3);
  if (kind < 2) data.writeUInt32BE(pick(random, SIZES), 4 * kind);
  else if (kind === 2) data[random.integer(8, 12)] = random.integer(0, 16);
  else data.writeUInt32BE(data.readUInt32BE(4) + random.integer(0, 1), 4);
  return pngOf([{ type: 'IHDR', data }, ...rest]);
}

/** A file with other rows in its image data, compressed as they should be. */
function withRows(png: Buffer, edit: (rows: Buffer) => Buffer): Buffer {
  const chunks = chunksOf(png);
  const stream = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const first = chunks.findIndex(({ type }) => type === 'IDAT');
  const others = chunks.filter(({ type }) => type !== 'IDAT');
  return pngOf(others.toSpliced(first, 0, { type: 'IDAT', data: deflateSync(edit(inflateSync(stream))) }));
}

function editedRows(png: Buffer, random: Random): Buffer {
  return withRows(png, (rows) => {
    const copy = Buffer.from(rows);
    for (let i = random.integer(1, 6); i > 0; i -= 1) copy[random.integer(0, copy.length - 1)] = random.integer(0, 6);
    return copy;
  });
}

function resizedRows(png: Buffer, random: Random): Buffer {
  return withRows(png, (rows) =>
    random.chance(0.5)
      ? rows.subarray(0, random.integer(0, rows.length - 1))
      : Buffer.concat([rows, Buffer.alloc(pick(random, [1, 9, 2 ** 12, 2 ** 20]))]),
  );
}
