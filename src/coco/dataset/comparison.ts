import type { Overlap } from '../compare.ts';
import type { ShapeChanges } from './match-shapes.ts';

/** What two datasets agree on in one class. */
export interface ClassComparison extends ShapeChanges {
  readonly name: string;
  /** Pixels of the union of the class's shapes: in both, in the first dataset, in the second. */
  readonly pixels: Overlap;
  /** From 0 to 1; null where neither dataset has a pixel of the class. */
  readonly iou: number | null;
  readonly dice: number | null;
}

/** A class over all frames that were compared. */
export interface ClassTotal extends ClassComparison {
  /** Its category id in each dataset; null where it is not declared. */
  readonly idA: number | null;
  readonly idB: number | null;
  /** Frames on which either dataset has a shape of it. */
  readonly frames: number;
}

/** An image in one dataset alone. */
export interface LoneImage {
  readonly fileName: string;
  readonly shapes: number;
}

/** Two datasets compared; A is the first. Paths are as they were given. */
export interface Comparison {
  readonly a: string;
  readonly b: string;
  /** Frames that were compared. */
  readonly frames: number;
  /** Classes of either dataset, in the order of the first, then of the second. */
  readonly classes: readonly ClassTotal[];
  /** Over the classes that have a value; null without any. */
  readonly meanIou: number | null;
  readonly meanDice: number | null;
  readonly onlyInA: { readonly images: readonly LoneImage[]; readonly classes: readonly string[] };
  readonly onlyInB: { readonly images: readonly LoneImage[]; readonly classes: readonly string[] };
  /** Classes of one name with two ids; they are compared. */
  readonly otherIds: readonly { readonly name: string; readonly idA: number; readonly idB: number }[];
  /** Images whose names differ in the ending; they are compared. */
  readonly otherEndings: readonly { readonly a: string; readonly b: string }[];
  /** Images of one name and two sizes `[width, height]`; they are not compared. */
  readonly otherSizes: readonly {
    readonly fileName: string;
    readonly a: readonly [number, number];
    readonly b: readonly [number, number];
  }[];
  /** Each frame with the classes of which either dataset has a shape there. */
  readonly perFrame: readonly { readonly fileName: string; readonly classes: readonly ClassComparison[] }[];
}
