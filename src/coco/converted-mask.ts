/** One mask as a document holds it. */
export interface ConvertedMask {
  readonly width: number;
  readonly height: number;
  /** In ascending order of category. */
  readonly shapes: readonly ConvertedShape[];
  /** Values that were left out because no category declares them, with their pixels. */
  readonly skipped: readonly SkippedValue[];
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
  readonly value: number;
  readonly pixels: number;
}
