import type { ActivityDependencies } from '../dependencies.ts';

/** How a run stands, with all runs that it was continued in; null where Temporal knows none of this id. */
export type RunStanding = 'running' | 'done' | 'cancelled' | 'failed' | null;

/** What the activities of loops work with. */
export interface LoopDependencies extends Pick<ActivityDependencies, 'connect' | 'store'> {
  /** Iterations as Temporal knows them. @throws MaskloopError `TemporalUnreachable` */
  readonly standingOf: (id: string) => Promise<RunStanding>;
  /** Time between two looks at an iteration that runs, in milliseconds. */
  readonly lookEveryMs?: number;
}
