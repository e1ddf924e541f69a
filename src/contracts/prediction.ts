import type { ArtifactRef } from './refs.ts';

/** Asks for pre-annotations that a model predicts. */
export interface PredictOptions {
  /** Name of the model at the trainer. */
  readonly model: string;
}

/** What a model has predicted for the frames of an iteration. */
export interface PredictionsRef {
  /** A {@link PredictionManifest}. */
  readonly manifest: ArtifactRef;
  readonly frames: number;
  readonly model: string;
  /** `SHA256:…` of the model's file, which was published all the while. */
  readonly checksum: string;
  /** Its bytes in the store. */
  readonly file: ArtifactRef;
}

/** Content of {@link PredictionsRef.manifest}. */
export interface PredictionManifest {
  readonly model: string;
  readonly checksum: string;
  /** In the order of the frames. */
  readonly frames: readonly {
    /** Name of the frame, which its mask has as well. */
    readonly name: string;
    readonly imageId: string;
    /** SHA-256 of the image that was predicted. */
    readonly imageSha256: string;
    /** PNG whose pixel values are category ids. */
    readonly mask: ArtifactRef;
    /** Pixels of classes that the model knows and no category has: background here; absent for none. */
    readonly otherPixels?: number;
  }[];
}
