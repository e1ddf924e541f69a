/** A mask in memory: one category id a pixel, row by row from the top left. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** `width * height` raw samples; 16-bit masks take a Uint16Array. */
  readonly values: Uint8Array | Uint16Array;
}
