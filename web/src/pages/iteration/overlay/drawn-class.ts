import type { Stretches } from './stretches.ts';

/** What can be drawn over a picture: what people were given, what they made of it, and what the new model says. */
export const LAYER_NAMES = ['preannotation', 'label', 'prediction'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

/** One class on a frame, in each layer; nothing in a layer that has nothing of it. */
export interface DrawnClass {
  readonly category: number;
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
  /** Among all classes, from 0: decides the pattern. */
  readonly place: number;
  readonly layers: Readonly<Record<LayerName, Stretches>>;
}
