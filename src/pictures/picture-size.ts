import { openPicture } from './open-picture.ts';

/** EXIF orientations from this one on exchange width and height. */
const FIRST_TURNED = 5;

/**
 * Width and height of an image in pixels, as its file stores them; nothing is decoded.
 *
 * @returns `isTurned`: EXIF asks for it to be shown with both exchanged. Null for a format that the library does not know
 */
export async function pictureSize(
  bytes: Uint8Array,
): Promise<{ readonly width: number; readonly height: number; readonly isTurned: boolean } | null> {
  const read = await openPicture(bytes)
    .metadata()
    .catch(() => null);
  if (read === null) return null;
  return { width: read.width, height: read.height, isTurned: (read.orientation ?? 1) >= FIRST_TURNED };
}
