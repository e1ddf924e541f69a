/** What a person can decide about an iteration, for the receipt. */
export type DecisionName =
  | 'pause'
  | 'resume'
  | 'retry'
  | 'skip'
  | 'overwrite'
  | 'seal'
  | 'approve'
  | 'decline'
  | 'extend'
  | 'reassign'
  | 'train now';
