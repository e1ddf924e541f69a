import type { Mask } from '../coco/mask.ts';

/** How an image is mirrored: left and right change places, or top and bottom do. */
export const MIRRORS = ['left-right', 'top-bottom'] as const;
export type Mirror = (typeof MIRRORS)[number];

/** The mask of the mirrored image from the mask of the image, and the other way round. */
export function mirrorMask({ width, height, values }: Mask, mirror: Mirror): Mask {
  const mirrored = values.slice();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [fromX, fromY] = mirror === 'left-right' ? [width - 1 - x, y] : [x, height - 1 - y];
      mirrored[y * width + x] = values[fromY * width + fromX]!;
    }
  }
  return { width, height, values: mirrored };
}
