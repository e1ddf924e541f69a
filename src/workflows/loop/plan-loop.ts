import { proxyActivities } from '@temporalio/workflow';
import type { ForLoop } from '../../contracts/loop-activities.ts';
import type { LoopPlan, PlanLoopActivities } from '../../contracts/loop-plan.ts';
import { SHOWN_AT_ONCE } from '../hold-delay.ts';

const { planLoop } = proxyActivities<PlanLoopActivities>({
  heartbeatTimeout: '30 seconds',
  startToCloseTimeout: '6 hours',
  retry: { initialInterval: '1 second', maximumAttempts: 3, nonRetryableErrorTypes: SHOWN_AT_ONCE },
});

/** What the next iteration of a loop would do, seen from where iterations run. */
export async function planLoopWorkflow(args: Omit<ForLoop, 'number'>): Promise<LoopPlan> {
  return planLoop(args);
}
