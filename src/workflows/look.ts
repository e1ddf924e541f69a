import { proxyActivities } from '@temporalio/workflow';
import { isLongLook, type LookActivities, type LookAnswer, type LookRequest } from '../contracts/look.ts';

// Whoever asks waits at a page, and asks again.
const ONCE = { heartbeatTimeout: '30 seconds', retry: { maximumAttempts: 1 } } as const;

const { look } = proxyActivities<LookActivities>({ ...ONCE, startToCloseTimeout: '2 minutes' });

/** Every file of a folder is read for its hash, or every shape of a task. Where no worker is left to begin, nobody waits as long. */
const { look: lookLong } = proxyActivities<LookActivities>({
  ...ONCE,
  startToCloseTimeout: '6 hours',
  scheduleToStartTimeout: '2 minutes',
});

/** Looks at something in CVAT or on the machine of a worker, for somebody who has no login there but a worker that has one. */
export async function lookWorkflow(request: LookRequest): Promise<LookAnswer> {
  return isLongLook(request) ? lookLong(request) : look(request);
}
