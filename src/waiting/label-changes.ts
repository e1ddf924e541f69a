import type { LabelTable } from '../contracts/label-table.ts';
import type { Label } from '../cvat/cvat.ts';

/** A class whose label is no longer what it was at upload. */
export interface LostLabel {
  readonly name: string;
  /** What its label is named now; null if it was deleted. */
  readonly now: string | null;
}

export interface LabelChanges {
  /** Classes that no label is named like any more. */
  readonly lost: readonly LostLabel[];
  /** Classes whose label was deleted and made anew: with it CVAT deleted what was drawn. */
  readonly replaced: readonly string[];
  /** Labels that are new and belong to no class: what is drawn with them cannot be collected. */
  readonly added: readonly string[];
}

/** How the labels of the project differ from those of the upload. */
export function labelChanges(labels: readonly Label[], { rows, withoutCategory }: LabelTable): LabelChanges {
  const byId = new Map(labels.map(({ id, name }) => [id, name]));
  const names = new Set(labels.map(({ name }) => name));
  const known = new Set([...rows.map(({ name }) => name), ...withoutCategory]);
  const nowOf = (id: number | null): string | null => (id === null ? null : (byId.get(id) ?? null));
  const lost = rows
    .filter(({ name, labelId }) => labelId !== null && !names.has(name))
    .map(({ name, labelId }) => ({ name, now: nowOf(labelId) }));
  const renamed = new Set(lost.map(({ now }) => now));
  return {
    lost,
    replaced: rows
      .filter(({ name, labelId }) => labelId !== null && names.has(name) && nowOf(labelId) !== name)
      .map(({ name }) => name),
    added: labels.map(({ name }) => name).filter((name) => !known.has(name) && !renamed.has(name)),
  };
}
