import type { Mask } from '../../coco/mask.ts';
import { displaceMask } from './displace-mask.ts';
import { findInstances, type Instance } from './instances.ts';
import type { Random } from './random.ts';

/** Share of the frames that the old model got nearly right. */
const GOOD_FRAMES = 0.25;
/** Share of the instances in the other frames that it overlooked. */
const OVERLOOKED = 0.12;

/**
 * The mask as an old model would have predicted it: frayed outlines everywhere, and in most frames instances that are
 * missing, eroded, shifted or full of holes.
 */
export function degradeMask(random: Random, truth: Mask): Mask {
  if (random.chance(GOOD_FRAMES)) return displaceMask(random, truth, { pixels: 0.8, cell: 24 });
  const kept: Mask = { ...truth, values: new Uint8Array(truth.values.length) };
  for (const instance of findInstances(truth)) {
    if (random.chance(OVERLOOKED)) continue;
    drawWorse(random, kept, instance);
  }
  return displaceMask(random, kept, { pixels: random.between(1.5, 4), cell: 12 });
}

/** Draws an instance shifted, thinner and with holes, each by chance. */
function drawWorse(random: Random, target: Mask, instance: Instance): void {
  const { width, height } = target;
  const shift = random.chance(0.5) ? Math.round(width / 60) : 0;
  const dx = random.integer(-shift, shift);
  const dy = random.integer(-shift, shift);
  const thinner = random.chance(0.6) ? random.integer(1, 3) : 0;
  const holes = random.chance(0.4) ? planHoles(random, instance, width) : [];
  const own = new Set(instance.pixels);
  for (const at of instance.pixels) {
    const x = at % width;
    const y = Math.floor(at / width);
    if (touchesOutside(own, x, y, width, height, thinner)) continue;
    if (holes.some((hole) => Math.hypot(x - hole.x, y - hole.y) < hole.radius)) continue;
    if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
    target.values[(y + dy) * width + x + dx] = instance.category;
  }
}

/** True if one of the eight pixels at `reach` from a pixel belongs to something else; the frame's border does not count. */
function touchesOutside(own: Set<number>, x: number, y: number, width: number, height: number, reach: number): boolean {
  if (reach === 0) return false;
  for (const dy of [-reach, 0, reach]) {
    for (const dx of [-reach, 0, reach]) {
      const inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
      if (inside && !own.has((y + dy) * width + x + dx)) return true;
    }
  }
  return false;
}

function planHoles(random: Random, instance: Instance, width: number): { x: number; y: number; radius: number }[] {
  return Array.from({ length: random.integer(1, 3) }, () => {
    const at = instance.pixels[random.integer(0, instance.pixels.length - 1)] ?? 0;
    return {
      x: at % width,
      y: Math.floor(at / width),
      radius: random.between(0.15, 0.3) * Math.sqrt(instance.pixels.length),
    };
  });
}
