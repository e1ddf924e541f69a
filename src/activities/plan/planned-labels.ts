import { classCounts } from '../../coco/class-counts.ts';
import type { CocoDocument } from '../../coco/coco.ts';
import type { Category } from '../../contracts/categories.ts';
import type { PlannedLabel } from '../../contracts/plan.ts';
import type { Label } from '../../cvat/cvat.ts';
import { labelTable } from '../../labels/label-table.ts';

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
