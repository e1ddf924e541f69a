import { brokenPicture, openPicture } from './open-picture.ts';

/** Width and height of the small grey image. */
const GREY_SIDE = 16;
/** Width and height of the small colour image. */
const COLOUR_SIDE = 8;
/** Parts of each channel in the histogram of colours. */
const PARTS = 4;
const CHANNELS = 3;

/** What a frame looks like, roughly. */
export interface Look {
  /** 16 × 16 grey values. */
  readonly grey: Uint8Array;
  /**
   * 8 × 8 colours, each channel from 0 to 1, then the roots of the shares of 4 × 4 × 4 colours: 256 numbers. Both halves count
   * about the same in a Euclidean distance; that of the roots is Hellinger's.
   */
  readonly features: Float32Array;
}

/** Colours of a small image as {@link Look.features}. @param rgb 8 × 8 pixels, three bytes each */
export function colourFeatures(rgb: Uint8Array): Float32Array {
  const pixels = rgb.length / CHANNELS;
  const features = new Float32Array(rgb.length + PARTS ** CHANNELS);
  for (let at = 0; at < rgb.length; at += 1) features[at] = rgb[at]! / 255 / Math.sqrt(pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    let bin = 0;
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      bin = bin * PARTS + Math.floor((rgb[pixel * CHANNELS + channel]! * PARTS) / 256);
    }
    features[rgb.length + bin]! += 1 / pixels;
  }
  for (let bin = rgb.length; bin < features.length; bin += 1) features[bin] = Math.sqrt(features[bin]!);
  return features;
}

/**
 * Decodes an image, PNG or JPEG or whatever else the library knows, and makes it small. Transparency is left out; 16 bits become 8.
 *
 * @param name of the frame, for the message
 * @throws MaskloopError `BrokenImage` for what is no image, damaged, or larger than 2^28 pixels
 */
export async function readLook(bytes: Uint8Array, name: string): Promise<Look> {
  try {
    const picture = openPicture(bytes).removeAlpha().toColourspace('srgb');
    const small = (side: number) => picture.clone().resize(side, side, { fit: 'fill', kernel: 'linear' });
    const [grey, rgb] = await Promise.all([
      small(GREY_SIDE).greyscale().raw({ depth: 'uchar' }).toBuffer(),
      small(COLOUR_SIDE).raw({ depth: 'uchar' }).toBuffer(),
    ]);
    return { grey, features: colourFeatures(rgb) };
  } catch (error) {
    throw brokenPicture(error, name);
  }
}
