/** One mask as a document holds it. */
export interface ConvertedMask {
  readonly width: number;
  readonly height: number;
  /** In ascending order of category; components of one category in the order of their first pixels, column by column. */
  readonly shapes: readonly ConvertedShape[];
  /** Values and colours that were left out because no category declares them or the rules say so: each once. */
  readonly skipped: readonly SkippedValue[];
  /** Components that were left out because they are too small. */
  readonly dropped: DroppedComponents;
}

export interface ConvertedShape {
  readonly categoryId: number;
  /** Run lengths as {@link encodeCounts} packs them. */
  readonly counts: string;
  /** Pixels. */
  readonly area: number;
  /** `[x, y, width, height]` in pixels. */
  readonly bbox: readonly [number, number, number, number];
}

export interface SkippedValue {
  /** As it is in the file: a value, or a colour as `#rrggbb`; `other` for what is not told apart. */
  readonly value: number | string;
  readonly pixels: number;
}

export interface DroppedComponents {
  readonly components: number;
  /** Of all of them. */
  readonly pixels: number;
}
