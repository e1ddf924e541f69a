import type { Mask } from '../../coco/mask.ts';
import { narrowMask } from '../../coco/narrow-mask.ts';
import type { ConversionRules } from '../../contracts/conversion.ts';
import { MaskloopError } from '../../contracts/error.ts';

export type Categories = readonly { readonly id: number; readonly name: string }[];

function translated(mask: Mask, where: string, idOf: (value: number) => number | null): Mask {
  const table = new Map([...new Set(mask.values)].map((value) => [value, value === 0 ? 0 : idOf(value)]));
  const unknown = [...table].find(([, id]) => id === null)?.[0];
  if (unknown !== undefined) {
    throw new MaskloopError('UndeclaredCategory', `${where} holds the value ${unknown}, which no category declares.`, {
      facts: { file: where, value: unknown },
    });
  }
  return narrowMask({ ...mask, values: Uint16Array.from(mask.values, (value) => table.get(value) ?? 0) });
}

/**
 * A mask in category ids by the rules that the iteration's own masks are read with. Masks in colour are not read.
 *
 * @throws MaskloopError `UndeclaredCategory` for a value that no category declares, unless the rules skip those
 */
export function inIterationCategories(mask: Mask, rules: ConversionRules, categories: Categories, where: string): Mask {
  const declared = new Set(categories.map(({ id }) => id));
  const mapped = new Map(rules.values);
  return translated(mask, where, (value) => {
    if (rules.ignore.includes(value)) return 0;
    const id = mapped.get(value) ?? value;
    if (id === 0 || declared.has(id)) return id;
    return rules.unknown === 'skip' ? 0 : null;
  });
}

/** A label with the category ids of another iteration, matched by name. @throws MaskloopError `UndeclaredCategory` */
export function byNameOf(mask: Mask, theirs: Categories, ours: Categories, where: string): Mask {
  const nameOf = new Map(theirs.map(({ id, name }) => [id, name]));
  const idOf = new Map(ours.map(({ id, name }) => [name, id]));
  return translated(mask, where, (value) => idOf.get(nameOf.get(value) ?? '') ?? null);
}
