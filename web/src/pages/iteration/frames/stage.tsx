import { useLayoutEffect, useRef, useState, type PointerEvent } from 'react';
import { classesAt } from '../overlay/class-at.ts';
import { drawLayers } from '../overlay/draw-layers.ts';
import type { Drawing } from '../overlay/drawing.ts';
import type { Painting } from '../overlay/paint-layer.ts';
import { NoPicture } from './no-picture.tsx';
import { SWITCH_WORDS } from './switch-words.ts';

interface StageProps {
  readonly id: string;
  /** Of the picture. */
  readonly address: string;
  readonly drawing: Drawing;
  readonly paintings: readonly Painting[];
  /** From 0 to 1. */
  readonly opacity: number;
  readonly label: string;
}

interface Pointed {
  /** Place in the stage, from 0 to 1. */
  readonly left: number;
  readonly top: number;
  readonly words: string;
}

/** A picture with layers over it; the class below the pointer is named. */
export function Stage({ id, address, drawing, paintings, opacity, label }: StageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const { width, height } = drawing;
  useLayoutEffect(() => {
    if (canvas.current !== null) drawLayers(canvas.current, drawing, paintings);
  }, [drawing, paintings]);
  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const left = (event.clientX - box.left) / box.width;
    const top = (event.clientY - box.top) / box.height;
    const classes = classesAt(drawing, Math.floor(left * width), Math.floor(top * height));
    const words = classes.map(([layer, name]) => `${SWITCH_WORDS[layer]}: ${name}`).join('\n');
    setPointed(words === '' ? null : { left, top, words });
  };
  return (
    <>
      <div
        className="stage"
        style={{ aspectRatio: `${width} / ${height}` }}
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      >
        {missing === address ? null : <img src={address} alt={label} onError={() => setMissing(address)} />}
        <canvas ref={canvas} style={{ opacity }} data-frame={drawing.name} aria-hidden="true" />
        {pointed === null ? null : (
          <span
            className="pointed"
            data-side={pointed.left > 0.6 ? 'left' : 'right'}
            style={{ left: `${100 * pointed.left}%`, top: `${100 * pointed.top}%` }}
          >
            {pointed.words}
          </span>
        )}
      </div>
      {missing === address ? <NoPicture id={id} frame={drawing.name} /> : null}
    </>
  );
}
