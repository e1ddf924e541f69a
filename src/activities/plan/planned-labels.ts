import { classCounts } from '../../coco/class-counts.ts';
import type { CocoDocument } from '../../coco/coco.ts';
import type { Category } from '../../contracts/categories.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import { isOnlyObserved } from '../../contracts/only-observed.ts';
import type { PlannedLabel } from '../../contracts/plan.ts';
import type { Label } from '../../cvat/cvat.ts';
import { labelIdByValue, labelTable } from '../../labels/label-table.ts';

/** More classes are not shown. */
const MAX_LABELS = 40;

/** Which names each side has, with the frames and pixels of each class. Null stands for a side that is not known. */
export function plannedLabels(
  categories: readonly Category[],
  sides: {
    readonly document: CocoDocument | null;
    readonly labels: readonly Label[] | null;
    readonly modelIndexOf: ReadonlyMap<number, number> | null;
  },
): readonly PlannedLabel[] {
  const { document, labels } = sides;
  const counts = document === null ? new Map() : classCounts(document);
  const modelIndexOf = sides.modelIndexOf ?? new Map<number, number>();
  const { rows } = labelTable({ categories, labels: labels ?? [], modelIndexOf, counts });
  return rows.slice(0, MAX_LABELS).map(({ labelId, ...row }) => ({
    ...row,
    cvatLabel: labels === null ? null : labelId !== null,
  }));
}

/**
 * Every class needs a label, drawn or not, unless a start would add those that are missing. Without masks nothing is
 * imported and no label is asked for.
 *
 * @param labels of the project; null where it would be made, with a label for each class
 * @throws MaskloopError `LabelMissing` naming all classes without a label
 */
export function requireLabels(
  input: Pick<IterationInput, 'masks' | 'predict' | 'syncLabels'>,
  categories: readonly Category[],
  labels: readonly Label[] | null,
): void {
  if (isOnlyObserved(input) || input.syncLabels || labels === null) return;
  labelIdByValue(labelTable({ categories, labels }));
}

/** The labels of a project, and one for each category that has none of its name, which has no id in CVAT yet. */
export function withLabelsOf(categories: readonly Category[], labels: readonly Label[]): readonly Label[] {
  const names = new Set(labels.map(({ name }) => name));
  return [...labels, ...categories.filter(({ name }) => !names.has(name)).map(({ id, name }) => ({ id: -id, name }))];
}
