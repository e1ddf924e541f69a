import type { Shape, ShapeType } from './shape.ts';

/** The annotations of a job in full, with everything that a person can set. */

export interface Attribute {
  readonly specId: number;
  readonly value: string;
}

/** A part of a skeleton; as CVAT stores it. */
export type Element = Readonly<Record<string, unknown>>;

export interface NativeShape extends Shape {
  readonly occluded: boolean;
  readonly outside: boolean;
  readonly attributes: readonly Attribute[];
  readonly elements: readonly Element[];
}

/** A shape of a track at the frame where somebody set it. */
export interface Keyframe {
  readonly type: ShapeType;
  readonly frame: number;
  readonly points: readonly number[];
  readonly rotation: number;
  readonly zOrder: number;
  readonly occluded: boolean;
  /** True if the object is not visible from here on. */
  readonly outside: boolean;
  readonly attributes: readonly Attribute[];
}

/** What stands on a frame without being a shape by itself: a track from there on, or a tag of the frame. */
export interface Tag {
  readonly id: number;
  readonly labelId: number;
  readonly frame: number;
  readonly group: number;
  readonly source: string;
  readonly attributes: readonly Attribute[];
}

export interface Track extends Tag {
  readonly keyframes: readonly Keyframe[];
  /** The tracks of a skeleton's parts. */
  readonly elements: readonly Element[];
}

export interface JobContent {
  readonly shapes: readonly NativeShape[];
  readonly tracks: readonly Track[];
  readonly tags: readonly Tag[];
}
