import { proxyActivities, type ActivityOptions } from '@temporalio/workflow';

interface ImpatientActivities {
  work(): Promise<string>;
}

/** One activity, once, within limits that a test gives. */
export async function impatientWorkflow(limits: ActivityOptions): Promise<string> {
  return proxyActivities<ImpatientActivities>({ ...limits, retry: { maximumAttempts: 1 } }).work();
}
