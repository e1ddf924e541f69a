import { MaskloopError } from '../contracts/error.ts';
import { pictureType } from '../contracts/picture-type.ts';
import { brokenPicture, openPicture } from './open-picture.ts';

/** What browsers do not show and frames are made of. A drawing with scripts in it is none. */
const TURNED: readonly string[] = ['tiff', 'gif'];

/**
 * A picture that browsers show: as it is where they can, else as PNG of 8 bits.
 *
 * @param name of the frame, for the message
 * @throws MaskloopError `PictureRefused` for a format that no frame has, `BrokenImage` as `readLook`
 */
export async function shownPicture(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  if (pictureType(bytes) !== null) return bytes;
  const picture = openPicture(bytes);
  const { format } = await picture.metadata().catch((error: unknown) => {
    throw brokenPicture(error, name);
  });
  if (!TURNED.includes(format)) {
    throw new MaskloopError('PictureRefused', `The frame "${name}" is ${format}, which no page shows.`, {
      facts: { frame: name, format },
    });
  }
  return picture
    .toColourspace('srgb')
    .png({ palette: false })
    .toBuffer()
    .catch((error: unknown) => {
      throw brokenPicture(error, name);
    });
}
