import { types } from 'node:util';
import { inflateSync } from 'node:zlib';
import { corruptPng } from './corrupt.ts';

/** Deflate writes at most 258 bytes with two bits, so no stream grows by more than this. */
const MAX_DEFLATE_RATIO = 1032;
/** zlib takes no smaller output chunk. */
const MIN_CHUNK_BYTES = 64;

/**
 * Inflates the zlib stream of a PNG, which must hold exactly `expected` bytes and nothing after its end. Memory for
 * the output is allocated only if the stream is long enough to fill it.
 *
 * @param pieces contents of the IDAT chunks, in order
 * @throws MaskloopError `CorruptPng` for a stream that is damaged (Adler-32 included), shorter or longer
 */
export function inflateExactly(pieces: readonly Uint8Array[], expected: number, where: string): Uint8Array {
  const [first] = pieces;
  const stream = pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
  if (stream.length * MAX_DEFLATE_RATIO < expected) {
    throw shorter(where, expected, { storedBytes: stream.length });
  }
  const { buffer, consumed } = inflate(stream, expected, where);
  if (buffer.length < expected) throw shorter(where, expected, { bytes: buffer.length });
  if (consumed < stream.length) {
    const surplus = stream.length - consumed;
    throw corruptPng(where, `${surplus} bytes follow the end of its image data`, { surplus });
  }
  return buffer;
}

/** `@types/node` leaves out what `info: true` changes about the answer. */
interface InflateInfo {
  readonly buffer: Buffer;
  /** `bytesWritten` counts the bytes of input that the stream took. */
  readonly engine: { readonly bytesWritten: number };
}

function isInflateInfo(answer: unknown): answer is InflateInfo {
  return typeof answer === 'object' && answer !== null && 'buffer' in answer && 'engine' in answer;
}

function inflate(stream: Uint8Array, expected: number, where: string): { buffer: Buffer; consumed: number } {
  // One byte more than expected: zlib asks for another chunk, of the same size, whenever one is full.
  const options = { info: true, maxOutputLength: expected, chunkSize: Math.max(MIN_CHUNK_BYTES, expected + 1) };
  try {
    const answer: unknown = inflateSync(stream, options);
    if (!isInflateInfo(answer)) throw new TypeError('zlib gave no account of the input it read');
    return { buffer: answer.buffer, consumed: answer.engine.bytesWritten };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw corruptPng(where, `its image data are longer than the ${expected} bytes that its header implies`, {
        expected,
      });
    }
    if (code === 'Z_BUF_ERROR') throw shorter(where, expected, {});
    if (!code.startsWith('Z_')) throw error;
    const detail = types.isNativeError(error) ? error.message : code;
    throw corruptPng(where, `its image data cannot be inflated (${detail})`, { zlib: code, detail }, error);
  }
}

function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function shorter(where: string, expected: number, facts: Record<string, number>): Error {
  return corruptPng(where, `its image data are shorter than the ${expected} bytes that its header implies`, {
    expected,
    ...facts,
  });
}
