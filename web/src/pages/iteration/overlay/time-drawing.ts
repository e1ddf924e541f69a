import { drawLayers } from './draw-layers.ts';
import { readDrawing, type FrameShapes } from './drawing.ts';
import type { Painting } from './paint-layer.ts';

/** What the viewer lays over a picture, by what is switched on. */
const SETS: Readonly<Record<string, readonly Painting[]>> = {
  'final label': [{ kind: 'filled', layer: 'label' }],
  'and pre-annotation': [
    { kind: 'filled', layer: 'label' },
    { kind: 'outlined', layer: 'preannotation' },
  ],
  'and difference': [
    { kind: 'filled', layer: 'label' },
    { kind: 'difference' },
    { kind: 'outlined', layer: 'preannotation' },
  ],
};

/** Draws a frame as the viewer does, from the answer of the server to pixels on a canvas: milliseconds by what is drawn. For `npm run bench:overlay`. */
export function timeDrawing(shapes: FrameShapes): Readonly<Record<string, number>> {
  const canvas = document.querySelector('canvas') ?? document.body.appendChild(document.createElement('canvas'));
  const times = Object.entries(SETS).map(([name, paintings]): readonly [string, number] => {
    const startedAt = performance.now();
    drawLayers(canvas, readDrawing(shapes), paintings);
    // Has the canvas finish what it was told to.
    canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
    return [name, performance.now() - startedAt];
  });
  return Object.fromEntries(times);
}
