import sharp, { type Sharp } from 'sharp';
import { MaskloopError } from '../contracts/error.ts';

/** As many pixels as a mask may have. A file may declare any number in a few bytes. */
const MAX_PIXELS = 2 ** 28;

/**
 * Opens the image of a frame as its file stores it: an orientation that EXIF asks for is left alone, since labels and
 * predictions count pixels as they are stored. Nothing is decoded yet.
 */
export function openPicture(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', autoOrient: false });
}

/** What went wrong with a frame that cannot be decoded, in the library's words. @param name of the frame */
export function brokenPicture(error: unknown, name: string): MaskloopError {
  const problem = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  const line = problem.split('\n')[0] ?? '';
  return new MaskloopError('BrokenImage', `Frame "${name}" cannot be decoded: ${line}.`, {
    facts: { frame: name, problem: line },
    cause: error,
  });
}
