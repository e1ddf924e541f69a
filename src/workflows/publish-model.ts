import { proxyActivities } from '@temporalio/workflow';
import type { ModelActivities, PublishModelInput, PublishModelResult } from '../contracts/publish-model.ts';

const { publishModel } = proxyActivities<ModelActivities>({
  heartbeatTimeout: '30 seconds',
  startToCloseTimeout: '1 hour',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds', maximumAttempts: 8 },
});

/** Publishes a model by hand. A workflow, so that what was begun is ended and written down whatever crashes. */
export async function publishModelWorkflow(input: PublishModelInput): Promise<PublishModelResult> {
  return publishModel(input);
}
