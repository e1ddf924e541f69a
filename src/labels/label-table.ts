import type { Category } from '../contracts/categories.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { LabelRow, LabelTable } from '../contracts/label-table.ts';
import { missingText } from './missing-text.ts';
import { nearNames } from './near-names.ts';

/** How often a class occurs. */
export interface ClassCount {
  readonly frames: number;
  readonly pixels: number;
}

/** What the rows of a label table are made from. */
export interface LabelSources {
  readonly categories: readonly Category[];
  /** Labels of the CVAT project, in any order. */
  readonly labels: readonly { readonly id: number; readonly name: string }[];
  /** Label index of the model by category id; empty if no model is asked. */
  readonly modelIndexOf?: ReadonlyMap<number, number>;
  /** By category id; a class that does not occur may be left out. */
  readonly counts?: ReadonlyMap<number, ClassCount>;
}

/**
 * One row for each category, in the order of mask values: its CVAT label and model index of exactly the same name. The
 * order in which CVAT or the model list theirs does not matter.
 */
export function labelTable({ categories, labels, modelIndexOf, counts }: LabelSources): LabelTable {
  const idByName = new Map(labels.map(({ id, name }) => [name, id]));
  const rows = categories.map(({ id, name }): LabelRow => ({
    value: id,
    name,
    labelId: idByName.get(name) ?? null,
    modelIndex: modelIndexOf?.get(id) ?? null,
    frames: counts?.get(id)?.frames ?? 0,
    pixels: counts?.get(id)?.pixels ?? 0,
  }));
  const named = new Set(categories.map(({ name }) => name));
  return {
    rows: rows.toSorted((a, b) => a.value - b.value),
    withoutCategory: labels.map(({ name }) => name).filter((name) => !named.has(name)),
  };
}

/**
 * CVAT label id by mask value, for the given values or for all.
 *
 * @throws MaskloopError `LabelMissing` naming every class without a label, and the labels that come near
 */
export function labelIdByValue(table: LabelTable, values?: ReadonlySet<number>): ReadonlyMap<number, number> {
  const wanted = table.rows.filter(({ value }) => values === undefined || values.has(value));
  const missing = wanted.filter(({ labelId }) => labelId === null).map(({ name }) => name);
  if (missing.length > 0) throw labelMissing(missing, table);
  return new Map(wanted.map(({ value, labelId }) => [value, labelId ?? -1]));
}

function labelMissing(missing: readonly string[], { rows, withoutCategory }: LabelTable): MaskloopError {
  const labels = [...rows.filter(({ labelId }) => labelId !== null).map(({ name }) => name), ...withoutCategory];
  const near = Object.fromEntries(missing.map((name) => [name, nearNames(name, withoutCategory)]));
  return new MaskloopError('LabelMissing', `The CVAT project has no label ${missingText(missing, near)}.`, {
    facts: { missing, near, labels: labels.slice(0, 100) },
  });
}
