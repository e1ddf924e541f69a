import type { Mask } from '../../coco/mask.ts';
import { smoothNoise } from './noise.ts';
import type { Random } from './random.ts';

/**
 * Moves the outlines of a mask like an unsteady hand: each pixel takes the value of one nearby, the offset varying
 * smoothly over the frame. Pixels far from an outline do not change.
 *
 * @param by.pixels the largest offset along each axis
 * @param by.cell distance in pixels over which the offset changes
 */
export function displaceMask(random: Random, mask: Mask, by: { pixels: number; cell: number }): Mask {
  const { width, height } = mask;
  const right = smoothNoise(random, width, height, by.cell);
  const down = smoothNoise(random, width, height, by.cell);
  const values = mask.values.map((_, at) => {
    const x = clamp(Math.round((at % width) + by.pixels * (right[at] ?? 0)), width - 1);
    const y = clamp(Math.round(Math.floor(at / width) + by.pixels * (down[at] ?? 0)), height - 1);
    return mask.values[y * width + x] ?? 0;
  });
  return { width, height, values };
}

function clamp(value: number, highest: number): number {
  return Math.max(0, Math.min(highest, value));
}
