/** Bytes of a word. */
const WORD = 4;

/** A row of pixels that can be moved so that its words lie as those of another row do. It begins as zeros. */
export class AlignedRow {
  readonly width: number;
  readonly bytes: Uint8Array;
  /** The same memory as `bytes`. */
  readonly words: Int32Array;
  /** Where the first pixel is in `bytes`: 0 to 3. */
  start = 0;

  constructor(width: number) {
    this.width = width;
    this.words = new Int32Array(Math.ceil(width / WORD) + 1);
    this.bytes = new Uint8Array(this.words.buffer);
  }

  /** Moves the row so that its first pixel lies in its word as byte `other` does. */
  align(other: number): void {
    const start = other & (WORD - 1);
    if (start === this.start) return;
    this.bytes.copyWithin(start, this.start, this.start + this.width);
    this.start = start;
  }
}
