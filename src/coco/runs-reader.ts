import { ColumnOrder } from './column-order.ts';
import { maskRuns } from './mask-runs.ts';
import { ChangedPixels } from './png/changed-pixels.ts';
import { collectChanged, isBytewise } from './png/collect-changed.ts';
import { release } from './png/release.ts';
import type { StoredImage } from './png/stored-image.ts';
import { readStored, valuesOf } from './read-mask.ts';
import type { ClassRuns } from './run-collector.ts';
import { RunEmitter } from './run-emitter.ts';

/** A mask as runs: what a document holds of it. */
export interface MaskRuns {
  readonly width: number;
  readonly height: number;
  /** Every value except 0, in ascending order. */
  readonly classes: readonly ClassRuns[];
}

/** Reads masks one after the other into the same memory. */
export class RunsReader {
  readonly #changed = new ChangedPixels();
  readonly #columns = new ColumnOrder();
  readonly #emitter: RunEmitter;

  constructor(emitter = new RunEmitter()) {
    this.#emitter = emitter;
  }

  /**
   * Reads a PNG as runs. What it accepts and throws is the same as for {@link readMask}; also `ImageTooLarge` for more
   * changes of value than `columnMajorChanges` allows.
   *
   * @param where name of the file, for messages and the fact `file`
   */
  read(png: Uint8Array, where: string): MaskRuns {
    const image = readStored(png, where);
    try {
      return this.#runsOf(image, where);
    } finally {
      release(image.stored);
    }
  }

  #runsOf(image: StoredImage, where: string): MaskRuns {
    const { width, height, channels } = image.header;
    const bytewise = channels === 1 && isBytewise(image.header);
    if (bytewise && collectChanged(image.stored, image.header, this.#changed, where)) {
      return { width, height, classes: this.#columns.runsOf(this.#changed, width, height, this.#emitter) };
    }
    const values = valuesOf(image, where);
    return { width, height, classes: maskRuns({ width, height, values }, this.#emitter, { where }) };
  }
}
