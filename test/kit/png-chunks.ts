import { crc32 } from 'node:zlib';

export const PNG_SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** A chunk as a test names it. */
export interface KitChunk {
  readonly type: string;
  readonly data: Buffer;
}

/** Length, type, data and check sum of one chunk. */
export function chunkBytes({ type, data }: KitChunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}

/** A file of these chunks, with right check sums, whatever they hold. */
export function pngOf(chunks: readonly KitChunk[]): Buffer {
  return Buffer.concat([PNG_SIGNATURE, ...chunks.map(chunkBytes)]);
}

/** The chunks of a sound file, to be edited and put together again. */
export function chunksOf(png: Buffer): KitChunk[] {
  const chunks: KitChunk[] = [];
  for (let at = PNG_SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}
