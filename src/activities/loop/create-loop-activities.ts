import type { LoopActivities } from '../../contracts/loop-activities.ts';
import type { PlanLoopActivities } from '../../contracts/loop-plan.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { createAwaitIteration } from './await-iteration.ts';
import { createCheckPolicy } from './check-policy.ts';
import { createFindLoopNumber } from './find-loop-number.ts';
import type { LoopDependencies } from './loop-dependencies.ts';
import { createPlanLoop } from './plan-loop.ts';
import { createPrepareIteration } from './prepare-iteration.ts';

/** The activities of loops, but for the choice of frames. */
export function createLoopActivities(
  dependencies: ActivityDependencies & LoopDependencies,
): Omit<LoopActivities, 'selectSamples'> & PlanLoopActivities {
  return {
    findLoopNumber: createFindLoopNumber(dependencies),
    checkPolicy: createCheckPolicy(dependencies),
    prepareIteration: createPrepareIteration(dependencies),
    awaitIteration: createAwaitIteration(dependencies),
    planLoop: createPlanLoop(dependencies),
  };
}
