import { DEFAULT_RULES, type ConversionRules } from '../../contracts/conversion.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { colourTable } from '../colour-table.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { Mask } from '../mask.ts';
import { maskReading } from '../mask-reading.ts';
import { writeColourMask } from '../write-colour-mask.ts';
import { writeMask } from '../write-mask.ts';
import { paintedValues } from './painted-values.ts';

/** No PNG sample is larger. */
const MAX_VALUE = 65_535;
const LARGEST_BYTE = 255;

/** How values or colours became categories. */
export interface PaintingRules {
  /** Write masks in colour: the colour of each category id, as the conversion rules have them; else masks are grey. */
  readonly colours?: NonNullable<ConversionRules['colours']>;
  /** What values count as. Goes without `colours`. */
  readonly rules?: Pick<ConversionRules, 'values' | 'ignore'>;
}

/** How a mask of category ids becomes a file. */
export interface MaskPainter {
  /** Of the ids. */
  readonly idBits: 8 | 16;
  /** Of what is written. */
  readonly bitDepth: 8 | 16;
  readonly pixelBytes: number;
  readonly inColour: boolean;
  readonly write: (ids: Mask) => Uint8Array;
}

/**
 * Writes the masks of a dataset by the inverse of the rules by which its values or colours became categories: in colour with
 * `colours`, else by {@link paintedValues}, without rules each category as its id.
 *
 * @throws MaskloopError `InvalidDataset` for a category id that no mask can hold, `InvalidLabelMap` for a category without a colour,
 * `InvalidValueMap` for rules that contradict themselves or the categories, or leave a category without a value
 */
export function maskPainter(dataset: Dataset, { colours, rules }: PaintingRules): MaskPainter {
  const used = usedValues(dataset);
  const idBits = bitsFor(used);
  if (colours !== undefined) {
    const pixelBytes = colourTable(colours, used).has(0) ? 3 : 4;
    return { idBits, bitDepth: 8, pixelBytes, inColour: true, write: (ids) => writeColourMask(ids, colours) };
  }
  return rules === undefined || rules.values.length + rules.ignore.length === 0
    ? { idBits, bitDepth: idBits, pixelBytes: idBits / 8, inColour: false, write: (ids) => writeMask(ids, 'up') }
    : mappedPainter(dataset, used, idBits, rules);
}

function mappedPainter(
  dataset: Dataset,
  used: ReadonlySet<number>,
  idBits: 8 | 16,
  rules: NonNullable<PaintingRules['rules']>,
): MaskPainter {
  maskReading(dataset.categories, { ...DEFAULT_RULES, ...rules });
  const painted = paintedValues(rules, used);
  const bitDepth = bitsFor(painted.values());
  const lookup = new Uint16Array(MAX_VALUE + 1);
  for (const [id, value] of painted) lookup[id] = value;
  const write = (ids: Mask): Uint8Array => {
    const values = newValues(ids.values.length, bitDepth);
    for (let i = 0; i < values.length; i += 1) values[i] = lookup[ids.values[i]!]!;
    return writeMask({ ...ids, values }, 'up');
  };
  return { idBits, bitDepth, pixelBytes: bitDepth / 8, inColour: false, write };
}

function bitsFor(values: Iterable<number>): 8 | 16 {
  for (const value of values) if (value > LARGEST_BYTE) return 16;
  return 8;
}

function newValues(length: number, bitDepth: 8 | 16): Mask['values'] {
  return new (bitDepth === 16 ? Uint16Array : Uint8Array)(length);
}

/** The category ids that shapes have. @throws MaskloopError `InvalidDataset` for one that no mask can hold */
function usedValues({ shapes, where }: Dataset): ReadonlySet<number> {
  const used = new Set<number>();
  for (const { id, categoryId } of [...shapes.values()].flat()) {
    if (categoryId < 1 || categoryId > MAX_VALUE) {
      throw new MaskloopError(
        'InvalidDataset',
        `${where} cannot become masks: annotation ${id} is of category ${categoryId}; a mask holds ids from 1 to ${MAX_VALUE}.`,
        { facts: { file: where, annotation: id, category: categoryId } },
      );
    }
    used.add(categoryId);
  }
  return used;
}
