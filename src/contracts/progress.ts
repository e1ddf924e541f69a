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
        | 'origins'
        | 'comparison'
        | 'datastore'
        | 'images'
        | 'submission'
        | 'training set'
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
      /** `value`: after the last epoch. */
      readonly metric: { readonly name: string; readonly best: number; readonly value: number | null } | null;
      /** ISO time of the last sign of life: a new epoch, a new line of output, a new status. */
      readonly signAt: string | null;
      /** Where the trainer no longer knows the training: whether its process is seen to live on; null elsewhere. */
      readonly lost: 'lives on' | 'no sign yet' | null;
    }
  | { readonly phase: 'training request'; readonly submittedAt: string; readonly previousRunStart: number | null };
