import { proxyActivities } from '@temporalio/workflow';
import type { ForIteration } from '../contracts/iteration.ts';
import type { IterationPlan, PlanActivities } from '../contracts/plan.ts';
import { SHOWN_AT_ONCE } from './hold-delay.ts';

const { planIteration } = proxyActivities<PlanActivities>({
  heartbeatTimeout: '30 seconds',
  startToCloseTimeout: '1 hour',
  retry: { initialInterval: '1 second', maximumAttempts: 3, nonRetryableErrorTypes: SHOWN_AT_ONCE },
});

/** What an iteration would do, seen from where iterations run. */
export async function planWorkflow(args: ForIteration): Promise<IterationPlan> {
  return planIteration(args);
}
