import { intersect, subtract, type Stretches } from './stretches.ts';

/**
 * The pixels of a set that are fewer than `thickness` steps, up, down or sideways, away from a pixel outside of it or from the edge of the
 * frame.
 *
 * @param height of the frame in pixels
 * @param pixels of the whole frame
 */
export function borderOf(set: Stretches, height: number, pixels: number, thickness: number): Stretches {
  let core = set;
  for (let step = 0; step < thickness && core.length > 0; step += 1) core = shrunk(core, height, pixels);
  return subtract(set, core);
}

/** Without the pixels at the border. */
function shrunk(set: Stretches, height: number, pixels: number): Stretches {
  const sideways = intersect(moved(set, height, pixels), moved(set, -height, pixels));
  return intersect(sideways, shortened(set, height, pixels));
}

/** Moved by whole columns; what leaves the frame is cut off. */
function moved(set: Stretches, by: number, pixels: number): Stretches {
  const found = new Int32Array(set.length);
  let used = 0;
  for (let i = 0; i < set.length; i += 2) {
    const start = Math.max(0, set[i]! + by);
    const end = Math.min(pixels, set[i + 1]! + by);
    if (start >= end) continue;
    found[used] = start;
    found[used + 1] = end;
    used += 2;
  }
  return found.subarray(0, used);
}

/** Each piece of a column without its first and last pixel. */
function shortened(set: Stretches, height: number, pixels: number): Stretches {
  // Each end of a column may cut a stretch in two.
  const found = new Int32Array(set.length + 2 * Math.ceil(pixels / height));
  let used = 0;
  for (let i = 0; i < set.length; i += 2) {
    for (let start = set[i]!; start < set[i + 1]!;) {
      const end = Math.min(set[i + 1]!, (Math.floor(start / height) + 1) * height);
      if (end - start > 2) {
        found[used] = start + 1;
        found[used + 1] = end - 1;
        used += 2;
      }
      start = end;
    }
  }
  return found.subarray(0, used);
}
