import { PNG } from 'pngjs';
import type { Mask } from './mask.ts';

/** Colour type of PNG for one grey channel. */
const GREY = 0;

/**
 * Writes a mask as a grey PNG without interlace: 16 bits a sample for a Uint16Array, else 8.
 *
 * @throws RangeError if `values` does not hold `width * height` samples, or there are none
 */
export function writeMask(mask: Mask): Uint8Array {
  const { width, height, values } = mask;
  if (values.length !== width * height || values.length === 0) {
    throw new RangeError(`A mask of ${width} × ${height} pixels cannot hold ${values.length} values.`);
  }
  const png = new PNG({ width, height });
  // The packer reads 16-bit samples from the start of the underlying memory, so they need memory of their own.
  png.data = Buffer.from(values.slice().buffer);
  const options = { colorType: GREY, inputColorType: GREY, inputHasAlpha: false } as const;
  return PNG.sync.write(png, { ...options, bitDepth: values.BYTES_PER_ELEMENT === 2 ? 16 : 8 });
}
