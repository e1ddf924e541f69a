import { z } from 'zod';

/** What the stand-in needs to know of a video; its pictures are never decoded. */
export interface VideoHeader {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

interface Box {
  readonly type: string;
  readonly content: Buffer;
}

const described = z.object({ width: z.int().positive(), height: z.int().positive(), frames: z.int().positive() });

/**
 * Reads size and number of frames from an MP4 file: from the boxes of its first track that has a size or, since tests
 * have no video at hand, from a JSON text `{"width", "height", "frames"}` right behind the first box, `ftyp`.
 *
 * @returns undefined for anything else
 */
export function videoHeader(bytes: Buffer): VideoHeader | undefined {
  if (bytes.subarray(4, 8).toString('latin1') !== 'ftyp') return undefined;
  return writtenHeader(bytes.subarray(bytes.readUInt32BE(0))) ?? trackHeader(bytes);
}

function writtenHeader(rest: Buffer): VideoHeader | undefined {
  if (rest[0] !== 0x7b) return undefined;
  try {
    return described.safeParse(JSON.parse(rest.toString())).data;
  } catch {
    return undefined;
  }
}

function trackHeader(bytes: Buffer): VideoHeader | undefined {
  for (const track of boxes(inside(bytes, 'moov')).filter((box) => box.type === 'trak')) {
    const header = inside(track.content, 'tkhd');
    const sizes = inside(track.content, 'mdia', 'minf', 'stbl', 'stsz');
    if (header.length < 84 || sizes.length < 12) continue;
    // Width and height are the last two fields, in 65536ths of a pixel.
    const width = header.readUInt32BE(header.length - 8) >>> 16;
    const height = header.readUInt32BE(header.length - 4) >>> 16;
    if (width > 0 && height > 0) return { width, height, frames: sizes.readUInt32BE(8) };
  }
  return undefined;
}

/** Content of the box that a path of types leads to; empty if there is none. */
function inside(bytes: Buffer, ...path: readonly string[]): Buffer {
  return path.reduce<Buffer>(
    (content, type) => boxes(content).find((box) => box.type === type)?.content ?? Buffer.alloc(0),
    bytes,
  );
}

function boxes(bytes: Buffer): Box[] {
  const found: Box[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const short = bytes.readUInt32BE(at);
    const isLong = short === 1 && at + 16 <= bytes.length;
    const length = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? bytes.length - at : short;
    if (length < 8) break;
    const content = bytes.subarray(at + (isLong ? 16 : 8), at + length);
    found.push({ type: bytes.subarray(at + 4, at + 8).toString('latin1'), content });
    at += length;
  }
  return found;
}
