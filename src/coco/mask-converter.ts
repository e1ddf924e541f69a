import type { ConversionRules } from '../contracts/conversion.ts';
import type { ConvertedMask } from './converted-mask.ts';
import { declaredRuns } from './declared-runs.ts';
import { encodeCounts } from './rle.ts';
import { RunsReader } from './runs-reader.ts';

/** Everything that decides what a mask becomes; plain data, so that it can be sent to a thread and hashed. */
export interface MaskReading {
  /** Values that a category declares. */
  readonly declared: readonly number[];
  readonly rules: ConversionRules;
}

/** Converts masks one after the other in the same memory. */
export class MaskConverter {
  readonly #reader = new RunsReader();
  readonly #declared: ReadonlySet<number>;
  readonly #rules: ConversionRules;

  constructor({ declared, rules }: MaskReading) {
    this.#declared = new Set(declared);
    this.#rules = rules;
  }

  /**
   * @param png content of a mask file
   * @param where name of the file, for messages and the fact `file`
   * @throws MaskloopError what {@link RunsReader.read} throws; `UndeclaredCategory`
   */
  convert(png: Uint8Array, where: string): ConvertedMask {
    const { width, height, classes: all } = this.#reader.read(png, where);
    const { classes, undeclared } = declaredRuns(all, this.#declared, this.#rules.unknown, where);
    return {
      width,
      height,
      shapes: classes.map(({ value, runs, area, bbox }) => ({
        categoryId: value,
        counts: encodeCounts(runs),
        area,
        bbox,
      })),
      skipped: undeclared.map(({ value, area }) => ({ value, pixels: area })),
    };
  }
}
