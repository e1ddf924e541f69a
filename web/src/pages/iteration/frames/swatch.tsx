import { useLayoutEffect, useRef } from 'react';
import { paint } from '../overlay/paint.ts';
import { patternTile } from '../overlay/tile.ts';

const SIDE = 16;

/** A sample of the colour and pattern of a class; the class stands beside it. */
export function Swatch({ colour, place }: { readonly colour: string; readonly place: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context == null) return;
    const image = context.createImageData(SIDE, SIDE);
    const surface = { pixels: new Uint32Array(image.data.buffer), width: SIDE, height: SIDE };
    paint(surface, [0, SIDE * SIDE], patternTile(colour, place), 0);
    context.putImageData(image, 0, 0);
  }, [colour, place]);
  return <canvas ref={canvas} className="swatch" width={SIDE} height={SIDE} aria-hidden="true" />;
}
