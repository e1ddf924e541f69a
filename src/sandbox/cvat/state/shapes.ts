/** Annotations in CVAT's own field names, as clients send and read them. */

export interface AttributeValue {
  readonly spec_id: number;
  readonly value: string;
}

export interface Shape {
  readonly id: number;
  readonly type: string;
  readonly frame: number;
  readonly label_id: number;
  readonly group: number;
  readonly source: string;
  readonly score: number;
  readonly occluded: boolean;
  readonly outside: boolean;
  readonly z_order: number;
  readonly rotation: number;
  /** For a mask: row-major run lengths in the box, background first, then left, top, right, bottom (inclusive). */
  readonly points: readonly number[];
  readonly attributes: readonly AttributeValue[];
  readonly elements: readonly unknown[];
}

export interface Tag {
  readonly id: number;
  readonly frame: number;
  readonly label_id: number;
  readonly group: number;
  readonly source: string;
  readonly attributes: readonly AttributeValue[];
}

/** Tracks are kept as they come; only their ids are CVAT's. */
export interface Track {
  readonly id: number;
  readonly frame: number;
  readonly label_id: number;
  readonly group: number;
  readonly source: string;
  readonly shapes: readonly object[];
  readonly attributes: readonly AttributeValue[];
  readonly elements: readonly unknown[];
}

/** What a client asks to have stored: everything but the id, which CVAT gives. */
export interface NewAnnotations {
  readonly shapes: readonly Omit<Shape, 'id'>[];
  readonly tags: readonly Omit<Tag, 'id'>[];
  readonly tracks: readonly Omit<Track, 'id'>[];
}

export interface StoredAnnotations {
  readonly shapes: readonly Shape[];
  readonly tags: readonly Tag[];
  readonly tracks: readonly Track[];
}
