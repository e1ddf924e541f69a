import { proxyActivities } from '@temporalio/workflow';
import type { LookActivities, LookAnswer, LookRequest } from '../contracts/look.ts';

// Whoever asks waits at a page, and asks again.
const ONCE = { heartbeatTimeout: '30 seconds', retry: { maximumAttempts: 1 } } as const;

const { look } = proxyActivities<LookActivities>({ ...ONCE, startToCloseTimeout: '2 minutes' });

/** Every file of a folder is read for its hash; a page asks meanwhile whether it is through. */
const { look: lookLong } = proxyActivities<LookActivities>({ ...ONCE, startToCloseTimeout: '6 hours' });

/** Looks at something in CVAT or on the machine of a worker, for somebody who has no login there but a worker that has one. */
export async function lookWorkflow(request: LookRequest): Promise<LookAnswer> {
  return request.kind === 'reference' ? lookLong(request) : look(request);
}
