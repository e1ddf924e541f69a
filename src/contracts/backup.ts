import type { ArtifactRef } from './refs.ts';

/** What a backup was taken before. */
export type BackupReason = 'import' | 'restore' | 'undo';

/** The document `backups/{id}/{number}`: the annotations of all annotation jobs of a task at one moment. */
export interface Backup {
  readonly schema: 'maskloop.backup/1';
  /** Id of the iteration. */
  readonly id: string;
  readonly number: number;
  readonly reason: BackupReason;
  /** ISO time of the worker. */
  readonly takenAt: string;
  readonly connection: string;
  readonly task: { readonly taskId: number; readonly projectId: number; readonly url: string };
  readonly jobs: readonly BackedUpJob[];
}

/** One job as it was. Frames are numbers in the task, both ends included; `updatedAt` is CVAT's. */
export interface BackedUpJob {
  readonly jobId: number;
  readonly startFrame: number;
  readonly stopFrame: number;
  readonly stage: string;
  readonly state: string;
  readonly assignee: string | null;
  readonly updatedAt: string;
  readonly shapes: number;
  readonly tracks: number;
  readonly tags: number;
  /** Digest over its content, ids aside; see `cvat/native-items`. */
  readonly sha256: string;
  /** CVAT's own JSON `{shapes, tracks, tags}`, every field and id; null if the job held nothing. */
  readonly annotations: ArtifactRef | null;
}

/** The document `imports/{connection}/{task}`: what we put into which job last, so that it can be told from people's work. */
export interface ImportRecord {
  readonly schema: 'maskloop.import/1';
  /** Id of the iteration that wrote last. */
  readonly id: string;
  readonly task: { readonly taskId: number; readonly url: string };
  readonly recordedAt: string;
  readonly jobs: readonly { readonly jobId: number; readonly shapes: number; readonly sha256: string }[];
  /** The import job by job that is not verified yet; null for none. */
  readonly underWay: ImportUnderWay | null;
}

/** What the tries of one import job by job know of each other. */
export interface ImportUnderWay {
  /** Id of the iteration. */
  readonly id: string;
  /** Digest over all its shapes; see `cvat/shape-digest`. */
  readonly sent: string;
  /** Number of the backup that was made before its first job was written. */
  readonly backup: number;
  /** Jobs that were seen to hold what was sent, each with CVAT's time of its last change at that moment. */
  readonly written: readonly { readonly jobId: number; readonly updatedAt: string }[];
}
