import type { ArtifactRef } from './refs.ts';

/** When final annotations are frozen. */
export interface SealOptions {
  /** So long nobody must have changed a complete job before the labels are sealed, in milliseconds; 0 waits for nothing. */
  readonly quietMs: number;
}

/** The final annotations as people left them, frozen: one artifact of JSON lines, whose SHA-256 is the seal. */
export interface SealRef {
  readonly artifact: ArtifactRef;
  readonly jobs: number;
  /** Frames of the task. */
  readonly frames: number;
  /** Of them: deleted in CVAT, and in jobs that nobody completed. Neither are labels. */
  readonly deletedFrames: number;
  readonly unfinishedFrames: number;
  readonly shapes: number;
  readonly tracks: number;
  readonly tags: number;
  /** CVAT's time of the newest change of a complete annotation job. */
  readonly lastEditAt: string;
  readonly sealedAt: string;
}

/** What somebody changed after the seal. */
export interface SealEdit {
  readonly what: 'added' | 'changed' | 'removed' | 'frame deleted' | 'frame restored' | 'job removed' | 'task removed';
  readonly job: number | null;
  readonly frame: number | null;
  /** Shapes, tracks and tags by their ids, at most 20. */
  readonly shapes: readonly number[];
}

/** A later look at the task: what differs from the seal. */
export interface SealCheckRef {
  readonly checkedAt: string;
  /** Number of edits; 0 if the task still holds what was sealed. */
  readonly edits: number;
  /** The first edits, at most 20. */
  readonly first: readonly SealEdit[];
  /** All of them as a JSON list; null without any. */
  readonly list: ArtifactRef | null;
  /** Code of the failure that kept CVAT from being read; then nothing is known. */
  readonly unchecked: string | null;
}
