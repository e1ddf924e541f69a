import { proxyActivities } from '@temporalio/workflow';
import type { LookActivities, LookAnswer, LookRequest } from '../contracts/look.ts';

const { look } = proxyActivities<LookActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '30 seconds',
  // Whoever asks waits at a page, and asks again.
  retry: { maximumAttempts: 1 },
});

/** Looks at something in CVAT, for somebody who has no login there but a worker that has one. */
export async function lookWorkflow(request: LookRequest): Promise<LookAnswer> {
  return look(request);
}
