/** What an activity says of itself in its heartbeats, for status, watch and the dashboard. */
export type Progress =
  | {
      readonly phase:
        | 'hashes'
        | 'masks'
        | 'document'
        | 'frames'
        | 'labels'
        | 'submission'
        | 'prediction'
        | 'assignment';
      readonly done: number;
      readonly total: number;
    }
  | { readonly phase: 'import'; readonly state: 'sending' | 'queued' | 'started'; readonly shapes: number }
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
