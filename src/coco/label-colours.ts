import type { Category } from '../contracts/categories.ts';
import type { ConversionRules } from '../contracts/conversion.ts';
import { invalidLabelMap, parseLabelMap, type LabelColour } from './label-map.ts';

/** CVAT's name for what no label covers. */
const BACKGROUND = 'background';
const BLACK = '#000000';

/**
 * What the colours of a label map count as: names are those of categories; `background`, where no category is called so,
 * and 0 are background, as is black where the map does not name it; then it comes last.
 *
 * @param text of the label map, as {@link parseLabelMap} reads it
 * @param options with `unknown: 'skip'`, colours of labels that are no category are left out of the result
 * @throws MaskloopError `InvalidLabelMap` for a map that cannot be read, a colour named twice, or a label that is no category
 */
export function labelColours(
  text: string,
  where: string,
  options: {
    readonly categories: readonly Pick<Category, 'id' | 'name'>[];
    readonly unknown: ConversionRules['unknown'];
  },
): NonNullable<ConversionRules['colours']> {
  const { categories, unknown } = options;
  const ids = new Map<string | number, number>([
    [BACKGROUND, 0],
    [0, 0],
  ]);
  for (const { id, name } of categories) ids.set(name, id).set(id, id);
  const entries = parseLabelMap(text, where);
  const seen = new Map<string, LabelColour>();
  const colours: [string, number][] = [];
  for (const one of entries) {
    const { colour, label, entry } = one;
    const same = seen.get(colour);
    if (same !== undefined) {
      throw invalidLabelMap(where, `${entry}: the colour ${colour} is also that of ${same.entry}`, { entry, colour });
    }
    seen.set(colour, one);
    const id = ids.get(label);
    if (id !== undefined) colours.push([colour, id]);
    else if (unknown === 'error') {
      throw invalidLabelMap(where, `${entry}: ${JSON.stringify(label)} is no category`, { entry, colour, label });
    }
  }
  // Last, because a mask in colour takes the first colour of a value: one that the map names goes before it.
  return seen.has(BLACK) ? colours : [...colours, [BLACK, 0]];
}
