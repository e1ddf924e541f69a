import type { ArtifactRef, LabelsRef } from './refs.ts';

/** The labels of a task as CVAT has them now, for somebody who has no login there. */
export interface LabelsRequest {
  readonly kind: 'labels';
  readonly connection: string;
  readonly taskId: number;
  /** From CVAT's own annotations, or from its exports. */
  readonly via: 'native' | 'export';
  /** List of `{id, name}`, JSON in the store; null numbers the labels of the project from 1, oldest first. */
  readonly categories: ArtifactRef | null;
}

/** What two exports of CVAT say of a task. */
export interface ExportedLabels {
  /** Frames in the COCO export; it leaves deleted ones out. */
  readonly frames: number;
  /** Frames with a pixel of a class. */
  readonly labelledFrames: number;
  /** Frames on which the two exports differ, with the number of pixels. */
  readonly differing: readonly { readonly name: string; readonly pixels: number }[];
  /** Annotations of COCO that have no segmentation: rectangles. */
  readonly withoutSegmentation: number;
}

/** What was collected; one of both, by the way that was asked for. */
export interface CollectedTask {
  readonly native: LabelsRef | null;
  readonly exported: ExportedLabels | null;
}

/** The same with the label PNGs, which are in the store. */
export interface CollectedLabels extends CollectedTask {
  readonly labels: readonly { readonly frame: string; readonly sha256: string }[];
}
