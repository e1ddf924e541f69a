/** A frame in a list. What is not known (yet) is null. */
export interface FrameRow {
  /** As CVAT has it; before the labels are sealed, as the mask was called. */
  readonly name: string;
  /** Frame number in the task, from 0. */
  readonly frame: number | null;
  readonly width: number | null;
  readonly height: number | null;
  /** The job that the frame counts for. */
  readonly job: number | null;
  /** Agreement of pre-annotation and final label, from 0 to 1: means over the classes that either has; null where it was not compared, or nothing is on it. */
  readonly dice: number | null;
  readonly iou: number | null;
  /** Pixels whose class people changed by pixels with a class before or afterwards, from 0 to 1. */
  readonly changed: number | null;
  /** Why it was not compared; null where it was, or nothing was. */
  readonly notCompared: string | null;
  readonly deleted: boolean;
  /** Taken out of training by a person. */
  readonly excluded: boolean;
  readonly forgotten: boolean;
  /** Null before it is known what is trained on. */
  readonly heldOut: boolean | null;
  /** What can be drawn of it. */
  readonly layers: readonly LayerName[];
}

/** What can lie over a picture: what people were given, what they made of it, and what the new model says of a held-out frame. */
export const LAYERS = ['preannotation', 'label', 'prediction'] as const;
export type LayerName = (typeof LAYERS)[number];

export const FRAME_ORDERS = ['disagreement', 'name', 'number'] as const;
export type FrameOrder = (typeof FRAME_ORDERS)[number];

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Frames in the order of their names, of their numbers, or those first that people changed most: by the share of changed pixels, those
 * that were not compared last.
 */
export function sortedFrames(rows: readonly FrameRow[], order: FrameOrder): readonly FrameRow[] {
  return rows.toSorted((a, b) => {
    const first = order === 'disagreement' ? (b.changed ?? -1) - (a.changed ?? -1) : 0;
    const second = order === 'name' ? 0 : (a.frame ?? Infinity) - (b.frame ?? Infinity);
    return first || (Number.isNaN(second) ? 0 : second) || byText(a.name, b.name);
  });
}
