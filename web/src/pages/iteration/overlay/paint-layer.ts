import { borderOf } from './border.ts';
import type { Drawing } from './drawing.ts';
import type { LayerName } from './drawn-class.ts';
import { paint, type Surface } from './paint.ts';
import { NO_PIXELS } from './stretches.ts';
import { dashedTile, patternTile, plainTile } from './tile.ts';

/** A frame of this width is looked at about as it is; wider ones are shown smaller, so their lines are drawn thicker. */
const PLAIN_WIDTH = 640;

/** How differences are drawn; the key below the picture shows the same. */
export const DIFFERENCE_LOOKS = {
  added: { colour: '#1d6fff', place: 5, word: 'added' },
  removed: { colour: '#ff7a00', place: 2, word: 'taken away' },
  relabelled: { colour: '#c800c8', place: 4, word: 'of another class' },
} as const;
export const DIFFERENCES = ['added', 'removed', 'relabelled'] as const;

/** How a layer is painted: as surfaces in patterns with an outline, as a dashed outline alone, or as what has changed. */
export type Painting =
  | { readonly kind: 'filled' | 'outlined'; readonly layer: LayerName }
  | { readonly kind: 'difference' };

/** Paints one layer onto an empty surface of the frame's size. */
export function paintLayer(surface: Surface, drawing: Drawing, painting: Painting): void {
  const { width, height } = drawing;
  const thickness = Math.max(1, Math.round(width / PLAIN_WIDTH));
  const zoom = Math.max(0, Math.round(Math.log2(width / PLAIN_WIDTH)));
  if (painting.kind === 'difference') {
    for (const kind of DIFFERENCES) {
      const { colour, place } = DIFFERENCE_LOOKS[kind];
      paint(surface, drawing.changes?.[kind] ?? NO_PIXELS, patternTile(colour, place), zoom);
    }
    return;
  }
  for (const { colour, place, layers } of drawing.classes) {
    const set = layers[painting.layer];
    const isFilled = painting.kind === 'filled';
    if (isFilled) paint(surface, set, patternTile(colour, place), zoom);
    const border = borderOf(set, height, width * height, thickness);
    paint(surface, border, isFilled ? plainTile(colour) : dashedTile(colour), zoom);
  }
}
