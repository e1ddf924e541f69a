import type { ClassChange, Floors, GateMeasures } from '../contracts/gate.ts';
import { bootstrapDifference, type GroupCounts } from './bootstrap.ts';
import { sumCounts, type ClassCounts } from './class-counts.ts';
import { scoreOf, type Score } from './score.ts';

/** One model's counts by group of held-out frames. */
export interface MeasuredModel {
  /** `SHA256:…` */
  readonly checksum: string;
  readonly groups: ReadonlyMap<string, ClassCounts>;
}

export interface ModelComparison extends Omit<GateMeasures, 'classes'> {
  /** All of them, in the order of the categories. */
  readonly classes: readonly ClassChange[];
}

/**
 * Compares two models on the same held-out frames. The interval is seeded by both checksums: the same models on the same
 * frames give the same numbers.
 *
 * @param before null where no model was published before the training
 */
export function compareModels(
  { before, after }: { readonly before: MeasuredModel | null; readonly after: MeasuredModel },
  categories: readonly { readonly id: number; readonly name: string }[],
  floors: Floors,
): ModelComparison {
  const scoreOfModel = ({ groups }: MeasuredModel): Score => scoreOf(sumCounts([...groups.values()]), categories);
  const [old, now] = [before === null ? null : scoreOfModel(before), scoreOfModel(after)];
  const known = old !== null && old.dice !== null && now.dice !== null;
  return {
    before: before === null || old === null ? null : { checksum: before.checksum, dice: old.dice, iou: old.iou },
    after: { checksum: after.checksum, dice: now.dice, iou: now.iou },
    difference: known && old.dice !== null && now.dice !== null ? now.dice - old.dice : null,
    interval: before === null ? null : bootstrapDifference(paired(before, after), before.checksum + after.checksum),
    groups: after.groups.size,
    classes: now.classes.map(({ name, dice, iou }, index) => {
      const was = old?.classes[index];
      return {
        name,
        before: was === undefined ? null : { dice: was.dice, iou: was.iou },
        after: { dice, iou },
        floor: floors.classes[name] ?? floors.all,
      };
    }),
  };
}

/** The counts of both models group by group, in the order of the groups' names. */
function paired(before: MeasuredModel, after: MeasuredModel): readonly GroupCounts[] {
  const names = [...new Set([...before.groups.keys(), ...after.groups.keys()])].toSorted();
  const none: ClassCounts = new Map();
  return names.map((name) => ({ before: before.groups.get(name) ?? none, after: after.groups.get(name) ?? none }));
}
