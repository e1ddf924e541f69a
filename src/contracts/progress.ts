import type { Ranges } from './ranges.ts';

/** What the poll of the jobs remembers from one look to the next. */
export interface JobsSeen {
  /** Ids of jobs that were complete. */
  readonly completed: Ranges;
  /** Ids of those that are no longer. */
  readonly reopened: Ranges;
  /** The newest change of a job when labels, frames and version were read last, and what was found then. */
  readonly changedAt: string;
  readonly deletedFrames: Ranges;
  readonly notes: readonly string[];
}

/** What an activity says of itself in its heartbeats, for status, watch and the dashboard. */
export type Progress =
  | {
      readonly phase:
        | 'hashes'
        | 'masks'
        | 'document'
        | 'frames'
        | 'seal'
        | 'labels'
        | 'comparison'
        | 'submission'
        | 'prediction'
        | 'assignment'
        | 'backup'
        | 'jobs written'
        | 'restore';
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly phase: 'import';
      /** `finishing`: CVAT is being asked to import; whether it does is not known yet. */
      readonly state: 'sending' | 'finishing' | 'queued' | 'started' | 'waiting';
      readonly shapes: number;
    }
  /** `failingSince`: ISO time of the first of the reads in a row that CVAT did not answer. */
  | { readonly phase: 'jobs'; readonly failingSince: string | null; readonly seen?: JobsSeen }
  | {
      readonly phase: 'training';
      readonly status: string;
      readonly epoch: number | null;
      readonly totalEpochs: number | null;
      readonly metric: { readonly name: string; readonly best: number } | null;
    }
  | { readonly phase: 'training request'; readonly submittedAt: string; readonly previousRunStart: number | null };
