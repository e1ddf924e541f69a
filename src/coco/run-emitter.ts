import { RunCollector, type ClassRuns } from './run-collector.ts';

/** Values of 16 bits. */
const VALUES = 2 ** 16;

/**
 * Turns the places where the value changes, in column-major order, into the runs, area and box of every value except
 * 0. Its memory is kept from mask to mask.
 */
export class RunEmitter {
  /** For each value one more than the index of its collector, or 0. */
  readonly #slots: Uint32Array;
  readonly #collectors: RunCollector[] = [];
  #used = 0;
  #height = 1;
  #value = 0;
  #start = 0;

  /** @param values how many there may be, 0 included */
  constructor(values = VALUES) {
    this.#slots = new Uint32Array(values);
  }

  /** Begins a mask of this height. */
  begin(height: number): void {
    for (let i = 0; i < this.#used; i += 1) this.#slots[this.#collectors[i]!.value] = 0;
    this.#used = 0;
    this.#height = height;
    this.#value = 0;
    this.#start = 0;
  }

  /** The pixels from `position` (`x * height + y`) on have `value`; positions ascend. */
  change(position: number, value: number): void {
    if (value === this.#value) return;
    if (this.#value !== 0) this.#collectorOf(this.#value).add(this.#start, position);
    this.#value = value;
    this.#start = position;
  }

  /** The values of the mask, which ends after so many pixels, in ascending order. */
  finish(pixels: number): readonly ClassRuns[] {
    this.change(pixels, 0);
    const found = this.#collectors.slice(0, this.#used);
    return found.toSorted((a, b) => a.value - b.value).map((collector) => collector.finish(pixels));
  }

  #collectorOf(value: number): RunCollector {
    const slot = this.#slots[value]!;
    if (slot !== 0) return this.#collectors[slot - 1]!;
    const collector = (this.#collectors[this.#used] ??= new RunCollector());
    collector.begin(value, this.#height);
    this.#used += 1;
    this.#slots[value] = this.#used;
    return collector;
  }
}
