import type { ClassRuns } from './run-collector.ts';
import { RunEmitter } from './run-emitter.ts';

/**
 * Emits the runs of what values count as. Two values that count as the same make one run where they touch, since nothing
 * changes between them.
 */
export class MappedEmitter extends RunEmitter {
  readonly #lookup: Uint32Array;

  /** @param lookup as `valueLookup` makes it */
  constructor(lookup: Uint32Array) {
    super(2 * lookup.length);
    this.#lookup = lookup;
  }

  override change(position: number, value: number): void {
    super.change(position, this.#lookup[value]!);
  }

  override finish(pixels: number): readonly ClassRuns[] {
    // The last run ends here even where background counts as something else.
    super.change(pixels, 0);
    return super.finish(pixels);
  }
}
