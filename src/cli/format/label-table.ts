import type { LabelRow, LabelTableRef } from '../../contracts/label-table.ts';
import { formatTable } from './table.ts';

type Shown = Pick<LabelTableRef, 'rows' | 'classes' | 'withoutCategory'>;

/** The label table as people read it, one class a line under a heading; without a line break at the end. */
export function formatLabelTable(table: Shown): string {
  const rest = labelTableNotes(table);
  return [formatTable(labelTableRows(table)), ...rest].join('\n');
}

/** A heading and one row a class. */
export function labelTableRows({ rows }: Shown): readonly (readonly string[])[] {
  const hasModel = rows.some(({ modelIndex }) => modelIndex !== null);
  const head = ['value', 'class', 'CVAT label', ...(hasModel ? ['model index'] : []), 'frames', 'pixels'];
  return [head, ...rows.map((row) => cells(row, hasModel))];
}

/** What does not fit into rows. */
function labelTableNotes({ rows, classes, withoutCategory }: Shown): readonly string[] {
  return [
    ...(classes > rows.length ? [`and ${classes - rows.length} more classes`] : []),
    ...(withoutCategory.length > 0 ? [`labels in CVAT without a category: ${withoutCategory.join(', ')}`] : []),
  ];
}

function cells(row: LabelRow, hasModel: boolean): readonly string[] {
  const index = row.modelIndex === null ? 'none' : String(row.modelIndex);
  return [
    String(row.value),
    row.name,
    row.labelId === null ? 'none' : `id ${row.labelId}`,
    ...(hasModel ? [index] : []),
    String(row.frames),
    String(row.pixels),
  ];
}
