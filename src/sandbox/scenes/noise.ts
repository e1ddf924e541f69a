import type { Random } from './random.ts';

/**
 * A smooth random field: values on a lattice, blended between its points.
 *
 * @param cell distance of the lattice points in pixels
 * @returns `width * height` values from -1 to 1, row by row
 */
export function smoothNoise(random: Random, width: number, height: number, cell: number): Float32Array {
  const columns = Math.ceil(width / cell) + 2;
  const rows = Math.ceil(height / cell) + 2;
  const lattice = Float32Array.from({ length: columns * rows }, () => random.between(-1, 1));
  const field = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / cell);
    const down = ease(y / cell - row);
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor(x / cell);
      const right = ease(x / cell - column);
      const at = row * columns + column;
      const top = blend(lattice[at] ?? 0, lattice[at + 1] ?? 0, right);
      const bottom = blend(lattice[at + columns] ?? 0, lattice[at + columns + 1] ?? 0, right);
      field[y * width + x] = blend(top, bottom, down);
    }
  }
  return field;
}

function blend(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** Flat at both ends, so that the lattice does not show. */
function ease(share: number): number {
  return share * share * (3 - 2 * share);
}
