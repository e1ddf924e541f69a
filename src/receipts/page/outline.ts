import type { Mask } from '../../coco/mask.ts';

/** Longer sides are thinned out: an outline is looked at, not measured. */
const MAX_SIDE = 640;
/** Characters of one outline; masks of noise are thinned out until they fit. */
const MAX_LENGTH = 120_000;

/**
 * The borders between the classes of a mask as the path of an SVG, in pixels of the mask: along the edges of pixels, so that
 * a class of one pixel shows. Empty for a mask without labelled pixels.
 */
export function outline({ width, height, values }: Mask): string {
  for (let step = Math.max(1, Math.ceil(Math.max(width, height) / MAX_SIDE)); ; step *= 2) {
    const path = thinned(width, height, values, step);
    if (path.length <= MAX_LENGTH || step > Math.max(width, height)) return path;
  }
}

function thinned(width: number, height: number, values: Mask['values'], step: number): string {
  const columns = Math.ceil(width / step);
  const rows = Math.ceil(height / step);
  const at = (x: number, y: number): number => {
    if (x < 0 || y < 0 || x >= columns || y >= rows) return 0;
    return values[Math.min(y * step, height - 1) * width + Math.min(x * step, width - 1)] ?? 0;
  };
  const pieces: string[] = [];
  const across = (y: number): void => {
    for (let x = 0; x < columns;) {
      const start = x;
      while (x < columns && at(x, y) !== at(x, y - 1)) x += 1;
      const end = Math.min(x * step, width);
      if (x > start) pieces.push(`M${start * step} ${Math.min(y * step, height)}H${end}`);
      x += 1;
    }
  };
  const down = (x: number): void => {
    for (let y = 0; y < rows;) {
      const start = y;
      while (y < rows && at(x, y) !== at(x - 1, y)) y += 1;
      const end = Math.min(y * step, height);
      if (y > start) pieces.push(`M${Math.min(x * step, width)} ${start * step}V${end}`);
      y += 1;
    }
  };
  for (let y = 0; y <= rows; y += 1) across(y);
  for (let x = 0; x <= columns; x += 1) down(x);
  return pieces.join('');
}
