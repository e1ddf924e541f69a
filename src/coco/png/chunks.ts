import { crc32 } from 'node:zlib';
import { MaskloopError } from '../../contracts/error.ts';
import { corruptPng, truncatedPng } from './corrupt.ts';

/** One chunk of a PNG; `data` is a view of the file. */
export interface Chunk {
  /** Four ASCII letters; an upper-case first letter means that a reader must understand the chunk. */
  readonly type: string;
  readonly data: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Length, type and check sum around the data of a chunk, in bytes. */
const LENGTH_BYTES = 4;
const TYPE_BYTES = 4;
const CRC_BYTES = 4;
/** Lengths use 31 bits so that languages without unsigned integers can read them. */
const MAX_CHUNK_BYTES = 2 ** 31 - 1;

/**
 * Walks the chunks of a PNG up to and including `IEND` and checks the CRC of each. What follows `IEND` is not read.
 * Format: PNG specification (third edition), section 5.
 *
 * @param where name of the file, for messages
 * @throws MaskloopError `NotAPng`, `TruncatedPng`, or `CorruptPng` for a wrong check sum, length or type
 */
export function* readChunks(png: Uint8Array, where: string): Generator<Chunk> {
  checkSignature(png, where);
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let at = SIGNATURE.length;
  for (;;) {
    const chunk = readChunk(png, view, at, where);
    yield chunk;
    if (chunk.type === 'IEND') return;
    at += LENGTH_BYTES + TYPE_BYTES + chunk.data.length + CRC_BYTES;
  }
}

function checkSignature(png: Uint8Array, where: string): void {
  const start = png.subarray(0, SIGNATURE.length);
  if (start.some((byte, index) => byte !== SIGNATURE[index])) {
    const found = Buffer.from(start).toString('hex');
    throw new MaskloopError('NotAPng', `${where} is not a PNG: it begins with the bytes ${found}.`, {
      facts: { file: where, begins: found },
    });
  }
  if (start.length < SIGNATURE.length) throw truncatedPng(where, png.length, 'the signature');
}

function readChunk(png: Uint8Array, view: DataView, at: number, where: string): Chunk {
  const dataAt = at + LENGTH_BYTES + TYPE_BYTES;
  if (dataAt > png.length) throw truncatedPng(where, png.length, 'a chunk header');
  const length = view.getUint32(at);
  const type = String.fromCharCode(...png.subarray(at + LENGTH_BYTES, dataAt));
  if (!/^[A-Za-z]{4}$/.test(type)) {
    throw corruptPng(where, `the chunk at byte ${at} has a type that is not four letters`, { offset: at });
  }
  if (length > MAX_CHUNK_BYTES) {
    throw corruptPng(where, `its ${type} chunk at byte ${at} declares ${length} bytes`, { offset: at, chunk: type });
  }
  const end = dataAt + length;
  if (end + CRC_BYTES > png.length) throw truncatedPng(where, png.length, `the ${type} chunk at byte ${at}`);
  if (crc32(png.subarray(at + LENGTH_BYTES, end)) !== view.getUint32(end)) {
    throw corruptPng(where, `the check sum of its ${type} chunk at byte ${at} is wrong`, { offset: at, chunk: type });
  }
  return { type, data: png.subarray(dataAt, end) };
}
