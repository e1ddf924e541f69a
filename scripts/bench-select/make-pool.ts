import { PNG } from 'pngjs';
import type { Mask } from '../../src/coco/mask.ts';
import { readImage } from '../../src/sandbox/monai/learner/read-image.ts';
import { generateScenes } from '../../src/sandbox/scenes/generate-scenes.ts';
import { createRandom } from '../../src/sandbox/scenes/random.ts';

/** A frame of a made pool. */
export interface MadeFrame {
  readonly name: string;
  readonly image: Uint8Array;
  readonly truth: Mask;
  /** Decided by a draw before anything has looked at the frame. */
  readonly isHard: boolean;
}

/** Share of the frames that are hard. */
export const HARD_SHARE = 0.1;

/** Grey of the smoke, and how much of it lies over the whole frame. */
const SMOKE = [120, 120, 125] as const;
const DENSITY = 0.6;

/** The same frame through smoke, which flattens all colours towards grey. */
function throughSmoke(image: Uint8Array): Uint8Array {
  const { width, height, rgb } = readImage(image);
  const png = new PNG({ width, height });
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (const [channel, grey] of SMOKE.entries()) {
      const clear = rgb[pixel * SMOKE.length + channel] ?? 0;
      png.data[pixel * 4 + channel] = Math.round(clear * (1 - DENSITY) + grey);
    }
    png.data[pixel * 4 + 3] = 255;
  }
  return PNG.sync.write(png, { colorType: 2, inputHasAlpha: true });
}

/**
 * A pool of generated frames; a tenth of them, drawn by the generator's own dice, are seen through smoke, as when tissue is
 * burnt.
 *
 * @param seed other frames and other dice for each
 */
export function makePool(
  seed: number,
  frames: number,
  { width, height }: { readonly width: number; readonly height: number },
): readonly MadeFrame[] {
  const dice = createRandom(seed, 'hard frames');
  return [...generateScenes({ seed, frames, width, height })].map(({ name, image, truth }) => {
    const isHard = dice.chance(HARD_SHARE);
    return { name, truth, isHard, image: isHard ? throughSmoke(image) : image };
  });
}
