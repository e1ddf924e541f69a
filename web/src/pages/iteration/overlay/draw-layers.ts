import type { Drawing } from './drawing.ts';
import { paintLayer, type Painting } from './paint-layer.ts';

/** Pixels of canvases that were drawn on before: memory that is touched for the first time costs as much as the painting. */
const IMAGES = new WeakMap<HTMLCanvasElement, ImageData>();

/** Draws layers of a frame on a canvas, the first below, one pixel for each of the frame. What was on it is gone. */
export function drawLayers(canvas: HTMLCanvasElement, drawing: Drawing, paintings: readonly Painting[]): void {
  const { width, height } = drawing;
  const context = canvas.getContext('2d');
  if (context === null) return;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const image = imageOf(canvas, context);
  const pixels = new Uint32Array(image.data.buffer);
  pixels.fill(0);
  for (const painting of paintings) paintLayer({ pixels, width, height }, drawing, painting);
  context.putImageData(image, 0, 0);
}

function imageOf(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D): ImageData {
  const { width, height } = canvas;
  const used = IMAGES.get(canvas);
  if (used?.width === width && used.height === height) return used;
  const image = context.createImageData(width, height);
  IMAGES.set(canvas, image);
  return image;
}
