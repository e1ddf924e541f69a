import type { Mirror } from '../selection/mirror.ts';
import { brokenPicture, openPicture } from './open-picture.ts';

/**
 * An image mirrored, as PNG bytes with the same channels and bits a channel; no pixel changes its value.
 *
 * @param name of the frame, for the message
 * @throws MaskloopError `BrokenImage` as `readLook`
 */
export async function mirrorPicture(bytes: Uint8Array, mirror: Mirror, name: string): Promise<Uint8Array> {
  try {
    const picture = openPicture(bytes);
    const { depth, channels } = await picture.metadata();
    // Unless it is told, the library makes three channels of 8 bits of whatever it reads.
    const [grey, colour] = depth === 'ushort' ? ['grey16', 'rgb16'] : ['b-w', 'srgb'];
    const mirrored = mirror === 'left-right' ? picture.flop() : picture.flip();
    return await mirrored
      .toColourspace(channels < 3 ? grey : colour)
      .png({ palette: false })
      .toBuffer();
  } catch (error) {
    throw brokenPicture(error, name);
  }
}
