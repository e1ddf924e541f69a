import type { Category } from '../contracts/categories.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { Label } from '../cvat/cvat.ts';
import { missingText } from '../labels/missing-text.ts';
import { nearNames } from '../labels/near-names.ts';

/**
 * Category id by the id of a CVAT label, matched by name. Parts of skeletons are labels of their own in CVAT's list and
 * no classes.
 *
 * @returns a function that throws MaskloopError `CategoryMissing` for a label whose name no category has
 */
export function categoryOfLabels(
  labels: readonly Label[],
  categories: readonly Pick<Category, 'id' | 'name'>[],
): (labelId: number) => number {
  const idByName = new Map(categories.map(({ id, name }) => [name, id]));
  const byLabel = new Map(labels.map((label) => [label.id, label]));
  return (labelId) => {
    const label = byLabel.get(labelId);
    const category = label === undefined || label.parentId !== undefined ? undefined : idByName.get(label.name);
    if (category !== undefined) return category;
    const name = label?.name ?? `of id ${labelId}`;
    const known = categories.map((one) => one.name);
    const near = nearNames(name, known);
    const text = missingText([name], { [name]: near });
    throw new MaskloopError('CategoryMissing', `Label ${text} was used in CVAT; no category has this name.`, {
      facts: { label: name, near: [...near], categories: known.slice(0, 100) },
    });
  };
}
