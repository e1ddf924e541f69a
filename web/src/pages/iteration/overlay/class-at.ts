import type { Drawing } from './drawing.ts';
import { LAYER_NAMES, type LayerName } from './drawn-class.ts';
import { contains } from './stretches.ts';

/** Names of the classes at a pixel by layer, for the layers that there are; `background` where there is none. */
export function classesAt(
  { width, height, classes, has }: Drawing,
  x: number,
  y: number,
): readonly (readonly [LayerName, string])[] {
  if (x < 0 || y < 0 || x >= width || y >= height) return [];
  const index = Math.floor(x) * height + Math.floor(y);
  return LAYER_NAMES.filter((layer) => has[layer]).map((layer) => [
    layer,
    classes.find(({ layers }) => contains(layers[layer], index))?.name ?? 'background',
  ]);
}
