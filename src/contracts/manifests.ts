import type { LabelledInstance } from './labelled-instance.ts';
import type { ArtifactRef } from './refs.ts';

/** Content of {@link LabelsRef.manifest}. */
export interface LabelManifest {
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly frames: readonly LabelledFrame[];
  /** Frames that are neither labels nor negatives: deleted in CVAT, or in a job that nobody completed. */
  readonly withoutLabel?: readonly {
    readonly name: string;
    readonly frame: number;
    readonly why: 'deleted' | 'unfinished';
    /** What is drawn on them all the same. */
    readonly leftOut: number;
  }[];
  /** What belongs to no frame, by kind: it is stored in a job and points to frames of others, or to none. */
  readonly leftOut?: Readonly<Record<string, number>>;
}

/** One frame and its label PNG, whose pixel values are category ids. */
export interface LabelledFrame {
  /** Frame name as CVAT has it. */
  readonly name: string;
  /** Frame number in the task, from 0. */
  readonly frame: number;
  readonly width: number;
  readonly height: number;
  readonly label: ArtifactRef;
  readonly labelledPixels: number;
  readonly overlappingPixels?: number;
  /** Objects: a shape of its own, or the shapes of one class that share a group. */
  readonly instances?: readonly LabelledInstance[];
  /** What is on the frame and has no pixels, by kind. */
  readonly leftOut?: Readonly<Record<string, number>>;
}

/** Content of {@link SubmissionRef.manifest}. */
export interface SubmissionManifest {
  readonly model: string;
  /** Category id → label index of the model, by name. */
  readonly modelIndexOf: Readonly<Record<string, number>>;
  readonly frames: readonly {
    readonly name: string;
    readonly imageId: string;
    readonly part: 'training' | 'heldOut';
    /** True for one that is held out and not measured: the picture of another that is, or held out by another iteration. */
    readonly unmeasured?: true;
    /** Label PNG whose pixel values are category ids. */
    readonly label: ArtifactRef;
    /** SHA-256 of the label as MONAI Label was given it; null if held out. */
    readonly submittedSha256: string | null;
    /** SHA-256 of the image that the trainer holds. */
    readonly imageSha256?: string;
  }[];
  /** The ground truth job whose frames are held out; absent where they come from elsewhere. */
  readonly groundTruth?: GroundTruthManifest;
}

/** True for a frame of a submission that models are measured on: held out, and left neither to another frame nor to another iteration. */
export function isMeasured({
  part,
  unmeasured,
}: {
  readonly part: 'training' | 'heldOut';
  readonly unmeasured?: unknown;
}): boolean {
  return part === 'heldOut' && unmeasured === undefined;
}

/** A ground truth job as it was sealed. */
export interface GroundTruthManifest {
  readonly taskId: number;
  readonly job: number;
  /** JSON lines, as the seal of a task. */
  readonly seal: ArtifactRef;
  /** Its frames where they are of another task; those of the iteration's own are among the submitted ones. */
  readonly outside: readonly {
    readonly name: string;
    readonly frame: number;
    readonly imageId: string;
    /** Label PNG whose pixel values are category ids. */
    readonly label: ArtifactRef;
  }[];
}

/** Content of {@link EvaluationRef.manifest}; label and prediction both hold category ids. */
export interface EvaluationManifest {
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly frames: readonly {
    readonly name: string;
    readonly label: ArtifactRef;
    readonly prediction: ArtifactRef;
    /** Pixels that were predicted as a class of the model that no category has, and count as background; absent for 0. */
    readonly otherPixels?: number;
    readonly imageId?: string;
    /** What the frame belongs to: a video, a patient; its own name where that is not known. */
    readonly group?: string;
  }[];
}

/** The frames that both models are measured on; labels hold category ids. */
export interface HeldOutManifest {
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly frames: readonly {
    readonly name: string;
    readonly group: string;
    readonly imageId: string;
    /** SHA-256 of the picture that all models are measured on; absent where an earlier version gathered the frames. */
    readonly imageSha256?: string;
    readonly label: ArtifactRef;
  }[];
}
