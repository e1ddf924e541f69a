import type { ArtifactRef } from './refs.ts';

/** Of what loop an iteration is one. */
export interface LoopMembership {
  readonly name: string;
  /** From 1; 0 is the task of held-out frames. */
  readonly number: number;
  readonly policy: ArtifactRef;
  /** A `SampleList`; null where the task was there before. */
  readonly selection: ArtifactRef | null;
}
