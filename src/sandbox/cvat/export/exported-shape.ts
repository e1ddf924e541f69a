import type { Shape } from '../state/shapes.ts';

/** A shape as formats see it: those of tracks say which one and whether somebody drew them. */
export interface ExportedShape extends Shape {
  readonly track?: { readonly number: number; readonly isKeyframe: boolean };
}
