import type { Candidate } from '../draft.ts';

export interface ScoredCandidate {
  readonly candidate: Candidate;
  /** The higher, the less sure; null where it is not known. */
  readonly score: number | null;
}

/** Scores, or why there are none, in words. */
export type Scores = readonly ScoredCandidate[] | { readonly why: string };
