import type { ComponentRule, ConversionRules } from '../contracts/conversion.ts';
import { classReader, type ClassReader } from './class-reader.ts';
import type { ConvertedMask, DroppedComponents } from './converted-mask.ts';
import { encodeCounts } from './rle.ts';
import { splitClasses } from './split-runs.ts';

/** Everything that decides what a mask becomes; plain data, so that it can be sent to a thread and hashed. */
export interface MaskReading {
  /** Values that a category declares. */
  readonly declared: readonly number[];
  readonly rules: ConversionRules;
}

const NONE: DroppedComponents = { components: 0, pixels: 0 };

/** Converts masks one after the other in the same memory. */
export class MaskConverter {
  readonly #read: ClassReader;
  readonly #components: ComponentRule | null;

  constructor({ declared, rules }: MaskReading) {
    this.#read = classReader(new Set(declared), rules);
    this.#components = rules.components;
  }

  /**
   * @param png content of a mask file
   * @param where name of the file, for messages and the fact `file`
   * @throws MaskloopError what a {@link classReader} throws; with components `TooManyComponents`
   */
  convert(png: Uint8Array, where: string): ConvertedMask {
    const { width, height, classes, skipped } = this.#read(png, where);
    const components = this.#components;
    const split =
      components === null
        ? { shapes: classes, dropped: NONE }
        : splitClasses(classes, { width, height }, components, { where });
    const shapes = split.shapes.map(({ value, runs, area, bbox }) => ({
      categoryId: value,
      counts: encodeCounts(runs),
      area,
      bbox,
    }));
    return { width, height, shapes, skipped, dropped: split.dropped };
  }
}
