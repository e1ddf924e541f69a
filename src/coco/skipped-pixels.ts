import type { SkippedValue } from './converted-mask.ts';

/** So many colours are told apart over all masks; a folder of photographs has millions. */
const MAX_COLOURS = 1000;
const OTHERS = 'other';

/** Counts the pixels that were left out of masks, by value and by colour. */
export class SkippedPixels {
  readonly #counts = new Map<string, number>();
  #colours = 0;

  add(skipped: readonly SkippedValue[]): void {
    for (const { value, pixels } of skipped) {
      const name = this.#nameOf(value);
      this.#counts.set(name, (this.#counts.get(name) ?? 0) + pixels);
    }
  }

  /** Pixels by value or colour; `other` for colours beyond the first thousand. */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  #nameOf(value: number | string): string {
    if (typeof value === 'number' || this.#counts.has(value)) return String(value);
    if (this.#colours === MAX_COLOURS) return OTHERS;
    this.#colours += 1;
    return value;
  }
}
