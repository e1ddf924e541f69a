import { decodeCounts } from '../../src/coco/rle.ts';

interface Shape {
  readonly category: number;
  readonly counts: string;
  readonly pixels: number;
}
/** What the server says of a frame. */
export interface Shapes {
  readonly width: number;
  readonly height: number;
  readonly classes: readonly { category: number; colour: string }[];
  readonly layers: Readonly<Record<string, readonly Shape[] | null>>;
}

/** Paints a layer as a page would: category ids row by row. */
export function painted({ width, height, layers }: Shapes, layer: string): Uint8Array {
  const values = new Uint8Array(width * height);
  for (const { category, counts } of layers[layer] ?? []) {
    let at = 0;
    for (const [index, run] of decodeCounts(counts).entries()) {
      for (let i = at; i < at + run; i += 1) {
        if (index % 2 === 1) values[(i % height) * width + Math.floor(i / height)] = category;
      }
      at += run;
    }
  }
  return values;
}
