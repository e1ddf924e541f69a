/** Room for so many pixels at first. */
const FIRST_CAPACITY = 4096;

/**
 * The pixels of an image that differ from the pixel above them, row by row; above the first row all is 0. A picture of
 * few shapes has few such pixels, and they say all about it. The memory is kept for the next image.
 */
export class ChangedPixels {
  /** Column, row and value of each pixel; only the first {@link length} count. */
  xs = new Uint32Array(FIRST_CAPACITY);
  ys = new Uint32Array(FIRST_CAPACITY);
  values = new Uint8Array(FIRST_CAPACITY);
  length = 0;

  /** Makes room for `more` pixels. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.xs.length) return;
    const capacity = Math.max(needed, 2 * this.xs.length);
    const { xs, ys, values } = this;
    this.xs = new Uint32Array(capacity);
    this.ys = new Uint32Array(capacity);
    this.values = new Uint8Array(capacity);
    this.xs.set(xs);
    this.ys.set(ys);
    this.values.set(values);
  }

  /** Adds a pixel, for which there must be room. */
  add(x: number, y: number, value: number): void {
    const at = this.length;
    this.xs[at] = x;
    this.ys[at] = y;
    this.values[at] = value;
    this.length = at + 1;
  }
}
