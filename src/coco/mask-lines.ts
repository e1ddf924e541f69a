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

/** Converted masks as bytes: JSON, a line for each. */
export function masksToLines(masks: readonly ConvertedMask[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(masks.map((mask) => `${JSON.stringify(mask)}\n`).join(''));
}

/**
 * Reads what {@link masksToLines} wrote.
 *
 * @param where what the bytes are, for messages
 * @throws MaskloopError `InvalidDataset` for anything else
 */
export function masksFromLines(lines: Uint8Array, where: string): readonly ConvertedMask[] {
  const text = new TextDecoder().decode(lines);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => maskFromLine(line, `${where}, line ${index + 1}`));
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
