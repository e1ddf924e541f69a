import { PNG } from 'pngjs';
import type { Mask } from './mask.ts';

/** Colour type of PNG for one grey channel. */
const GREY = 0;
/** Filters of PNG: the one by which a row is what differs from the row above, and pngjs's number for trying all. */
const FILTERS = { up: 2, best: -1 } as const;

/**
 * Writes a mask as a grey PNG without interlace: 16 bits a sample for a Uint16Array, else 8.
 *
 * @param filter `best` tries all filters on each row; `up` takes a fifth of the time and makes files of about the same size
 * @throws RangeError if `values` does not hold `width * height` samples, or there are none
 */
export function writeMask(mask: Mask, filter: keyof typeof FILTERS = 'best'): Uint8Array {
  const { width, height, values } = mask;
  if (values.length !== width * height || values.length === 0) {
    throw new RangeError(`A mask of ${width} × ${height} pixels cannot hold ${values.length} values.`);
  }
  const png = new PNG({ width, height });
  // The packer reads 16-bit samples from the start of the underlying memory, so they need memory of their own.
  png.data = Buffer.from(values.slice().buffer);
  const options = { colorType: GREY, inputColorType: GREY, inputHasAlpha: false } as const;
  const bitDepth = values.BYTES_PER_ELEMENT === 2 ? 16 : 8;
  return PNG.sync.write(png, { ...options, bitDepth, filterType: FILTERS[filter] });
}
