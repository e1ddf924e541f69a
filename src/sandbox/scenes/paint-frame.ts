import { PNG } from 'pngjs';
import type { Mask } from '../../coco/mask.ts';
import { CATEGORY } from './categories.ts';
import { smoothNoise } from './noise.ts';
import type { Instrument, ScenePlan } from './plan-scene.ts';
import type { Random } from './random.ts';

type Colour = readonly [red: number, green: number, blue: number];

/** Mean colours under full light; 0 is the liver behind everything. */
const COLOURS: Readonly<Record<number, Colour>> = {
  0: [168, 82, 72],
  [CATEGORY.instrument]: [158, 156, 160],
  [CATEGORY.gallbladder]: [160, 142, 100],
  [CATEGORY.fat]: [208, 158, 92],
};

/** What stains a class in patches: fat shimmers through tissue, tissue is mirrored in metal, blood covers the rest. */
const STAINS: Readonly<Record<number, Colour>> = {
  0: [205, 150, 95],
  [CATEGORY.instrument]: [160, 105, 92],
  [CATEGORY.gallbladder]: [176, 100, 76],
  [CATEGORY.fat]: [172, 98, 76],
};

/** How much the colour of a class swings from frame to frame, in grey levels. */
const COLOUR_SWING = 17;
/** Standard deviation of the camera's noise, in grey levels. */
const CAMERA_NOISE = 13;

/**
 * Paints a frame as a camera at the end of an endoscope would see it: uneven light that falls off towards the
 * corners, mottled tissue, wet highlights, a metallic sheen along tools, and noise.
 *
 * @returns an 8-bit RGB PNG of the mask's size
 */
export function paintFrame(random: Random, truth: Mask, plan: ScenePlan): Uint8Array {
  const { width, height } = truth;
  const fields = {
    light: smoothNoise(random, width, height, Math.max(width, height) / 3),
    mottle: smoothNoise(random, width, height, 14),
    stain: smoothNoise(random, width, height, 34),
    wet: smoothNoise(random, width, height, 9),
    fold: smoothNoise(random, width, height, 13),
  };
  const gain = random.between(0.85, 1.15);
  const colours = swingColours(random);
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const category = truth.values[at] ?? 0;
      const colour = colours.get(category) ?? [0, 0, 0];
      const stained = 0.95 * Math.max(0, (fields.stain[at] ?? 0) - 0.15);
      const stain = STAINS[category] ?? colour;
      const mottle = category === CATEGORY.instrument ? 0 : 0.16 * (fields.mottle[at] ?? 0);
      const sheen = category === CATEGORY.instrument ? metalSheen(plan.instruments, x, y) : 1;
      const light = gain * vignette(x / width, y / height) * (1 + 0.2 * (fields.light[at] ?? 0));
      const highlight = 300 * Math.max(0, (fields.wet[at] ?? 0) + (fields.fold[at] ?? 0) - 0.85);
      const speckle = CAMERA_NOISE * random.normal();
      for (let channel = 0; channel < 3; channel += 1) {
        const mixed = (colour[channel] ?? 0) * (1 - stained) + (stain[channel] ?? 0) * stained;
        const value = mixed * light * sheen * (1 + mottle) + highlight;
        png.data[at * 4 + channel] = clampByte(value + speckle + 0.5 * CAMERA_NOISE * random.normal());
      }
      png.data[at * 4 + 3] = 255;
    }
  }
  return PNG.sync.write(png, { colorType: 2, inputHasAlpha: true });
}

function swingColours(random: Random): ReadonlyMap<number, Colour> {
  const swing = () => random.between(-COLOUR_SWING, COLOUR_SWING);
  return new Map(
    Object.entries(COLOURS).map(([category, [red, green, blue]]) => [
      Number(category),
      [red + swing(), green + swing(), blue + swing()],
    ]),
  );
}

/** Light over the frame's relative position: 1 in the middle, 0.45 in the corners. */
function vignette(x: number, y: number): number {
  return 1 - 1.1 * ((x - 0.5) ** 2 + (y - 0.5) ** 2);
}

/** Brightness of a round shaft under light from above, by the distance from the nearest tool's axis. */
function metalSheen(instruments: readonly Instrument[], x: number, y: number): number {
  let nearest = 1;
  for (const { entry, direction, halfWidth } of instruments) {
    const across = Math.abs((x - entry.x) * direction.y - (y - entry.y) * direction.x) / halfWidth;
    nearest = Math.min(nearest, across);
  }
  return 1.3 - 0.65 * nearest;
}

function clampByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
