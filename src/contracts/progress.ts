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
        | 'submission'
        | 'prediction'
        | 'assignment'
        | 'backup'
        | 'jobs written';
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly phase: 'import';
      /** `finishing`: CVAT is being asked to import; whether it does is not known yet. */
      readonly state: 'sending' | 'finishing' | 'queued' | 'started' | 'waiting';
      readonly shapes: number;
    }
  /** `before`: name of the backup that was made before the first job was written. */
  | { readonly phase: 'restore'; readonly done: number; readonly total: number; readonly before: string }
  /** `failingSince`: ISO time of the first of the reads in a row that CVAT did not answer. */
  | { readonly phase: 'jobs'; readonly failingSince: string | null }
  | {
      readonly phase: 'training';
      readonly status: string;
      readonly epoch: number | null;
      readonly totalEpochs: number | null;
      readonly metric: { readonly name: string; readonly best: number } | null;
    }
  | { readonly phase: 'training request'; readonly submittedAt: string; readonly previousRunStart: number | null };
