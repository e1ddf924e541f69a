import type { ArtifactRef } from './refs.ts';

/** One class as each side knows it, matched by exactly the same name. */
export interface LabelRow {
  /** Value of its pixels in a mask, which is also its category id in COCO. */
  readonly value: number;
  readonly name: string;
  /** Id of the label in CVAT; null if the project has none of this name. */
  readonly labelId: number | null;
  /** Label index of the model; null if no model was asked, or it has none of this name. */
  readonly modelIndex: number | null;
  /** Frames with at least one pixel of it, among the masks that were converted. */
  readonly frames: number;
  readonly pixels: number;
}

/** All classes of an iteration, in the order of their mask values. */
export interface LabelTable {
  readonly rows: readonly LabelRow[];
  /** Labels of the CVAT project that no category is named like; what is drawn with them cannot be collected. */
  readonly withoutCategory: readonly string[];
}

/** The label table as it travels: whole in the store, its first rows here. */
export interface LabelTableRef {
  readonly table: ArtifactRef;
  readonly rows: readonly LabelRow[];
  /** Number of all rows. */
  readonly classes: number;
  readonly withoutCategory: readonly string[];
  /** Labels that were added to the CVAT project, at most 20 of them. */
  readonly added: readonly string[];
}
