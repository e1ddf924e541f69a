import type { ForLoop } from './loop-activities.ts';
import type { IterationPlan } from './plan.ts';
import type { PoolCounts, Sample, SampleList } from './selection.ts';
import type { StopFinding } from './stop-rules.ts';

/** The registered name of the workflow; never changed. */
export const PLAN_LOOP_WORKFLOW = 'planLoopWorkflow';

/** What would be chosen. */
export interface PlannedChoice extends Pick<SampleList, 'model' | 'uncertainty'> {
  readonly frames: number;
  readonly pool: PoolCounts;
  /** The first of them. */
  readonly first: readonly Sample[];
  /** In words, the first of them. */
  readonly notes: readonly string[];
}

/** What the next iteration of a loop would do. */
export interface LoopPlan {
  readonly number: number;
  readonly task: string;
  /** `as it is`: the task is there and would only be observed. */
  readonly begins: 'as it is' | 'nothing' | 'predict' | 'masks';
  /** Null where the task is there. */
  readonly chosen: PlannedChoice | null;
  /** Why it would not begin; null where it would. */
  readonly tooFew: StopFinding | null;
  /** What CVAT would say; null where it would not begin. */
  readonly iteration: IterationPlan | null;
}

export interface PlanLoopActivities {
  /** What the next iteration would do; reads only. */
  planLoop(args: Omit<ForLoop, 'number'>): Promise<LoopPlan>;
}
