import type { ChangedPixels } from './png/changed-pixels.ts';
import type { ClassRuns } from './run-collector.ts';
import type { RunEmitter } from './run-emitter.ts';

/** Changed pixels in column order, with memory that is kept from mask to mask. */
export class ColumnOrder {
  #starts = new Uint32Array(0);
  #ys = new Uint32Array(0);
  #values = new Uint8Array(0);

  /**
   * The runs, area and box of every value except 0 in a mask of which the pixels are known that differ from the one
   * above them.
   */
  runsOf(changed: ChangedPixels, width: number, height: number, emitter: RunEmitter): readonly ClassRuns[] {
    this.#sort(changed, width);
    const [starts, ys, values] = [this.#starts, this.#ys, this.#values];
    emitter.begin(height);
    for (let x = 0, at = 0; x < width; x += 1) {
      const top = x * height;
      const end = starts[x]!;
      // The first row is compared with 0; a column that does not begin with a change begins with 0.
      if (at === end || ys[at] !== 0) emitter.change(top, 0);
      for (; at < end; at += 1) emitter.change(top + ys[at]!, values[at]!);
    }
    return emitter.finish(width * height);
  }

  /** Sorts by counting, which keeps the rows of a column in order. Afterwards `starts[x]` is where column `x` ends. */
  #sort({ xs, ys, values, length }: ChangedPixels, width: number): void {
    const starts = this.#startsOf(width);
    if (this.#ys.length < length) {
      this.#ys = new Uint32Array(xs.length);
      this.#values = new Uint8Array(xs.length);
    }
    for (let i = 0; i < length; i += 1) starts[xs[i]! + 1]! += 1;
    for (let x = 0; x < width; x += 1) starts[x + 1]! += starts[x]!;
    const [sortedYs, sortedValues] = [this.#ys, this.#values];
    for (let i = 0; i < length; i += 1) {
      const x = xs[i]!;
      const slot = starts[x]!;
      starts[x] = slot + 1;
      sortedYs[slot] = ys[i]!;
      sortedValues[slot] = values[i]!;
    }
  }

  #startsOf(width: number): Uint32Array {
    if (this.#starts.length <= width) this.#starts = new Uint32Array(width + 1);
    else this.#starts.fill(0, 0, width + 1);
    return this.#starts;
  }
}
