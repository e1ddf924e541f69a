import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import type { ConvertedMask } from './converted-mask.ts';

/**
 * Names these lines and what they hold. To be raised whenever a mask under the same rules gives other lines than before:
 * the store keeps lines, and under this number they are taken for what would be made today.
 */
export const MASK_LINES_VERSION = 1;

const count = z.int().min(0);

const maskSchema = z.object({
  width: z.int().min(1),
  height: z.int().min(1),
  shapes: z.array(
    z.object({
      categoryId: z.int().min(1),
      counts: z.string(),
      area: count,
      bbox: z.tuple([count, count, count, count]),
    }),
  ),
  skipped: z.array(z.object({ value: z.union([count, z.string()]), pixels: count })),
  dropped: z.object({ components: count, pixels: count }),
});

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const LINE_BREAK = 0x0a;

/**
 * Converted masks as bytes: JSON, a line for each. A mask is asked for when the one before is written, so that of all of
 * them nothing but bytes is held.
 *
 * @returns an array that has its memory to itself
 */
export function masksToLines(masks: Iterable<ConvertedMask>): Uint8Array<ArrayBuffer> {
  const written: Uint8Array[] = [];
  let length = 0;
  for (const mask of masks) {
    const line = encoder.encode(`${JSON.stringify(mask)}\n`);
    written.push(line);
    length += line.length;
  }
  const lines = new Uint8Array(length);
  let at = 0;
  for (const line of written) {
    lines.set(line, at);
    at += line.length;
  }
  return lines;
}

/**
 * Reads what {@link masksToLines} wrote, mask by mask as they are asked for.
 *
 * @param where what the bytes are, for messages
 * @throws MaskloopError `InvalidDataset` for anything else
 */
export function* masksFromLines(lines: Uint8Array, where: string): Generator<ConvertedMask> {
  let number = 1;
  for (let at = 0; at < lines.length; number += 1) {
    const found = lines.indexOf(LINE_BREAK, at);
    const end = found === -1 ? lines.length : found;
    yield maskFromLine(decoder.decode(lines.subarray(at, end)), `${where}, line ${number}`);
    at = end + 1;
  }
}

/**
 * Reads one line, without its line break.
 *
 * @param where what the line is, for messages
 * @throws MaskloopError `InvalidDataset`
 */
export function maskFromLine(line: string, where: string): ConvertedMask {
  try {
    return maskSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new MaskloopError('InvalidDataset', `${where} is no converted mask.`, { facts: { file: where }, cause });
  }
}
