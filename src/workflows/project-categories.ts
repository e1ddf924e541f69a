import { proxyActivities } from '@temporalio/workflow';
import type { IterationActivities } from '../contracts/activities.ts';
import type { ProjectCategories, ProjectCategoriesRequest } from '../contracts/project-categories.ts';
import { SHOWN_AT_ONCE } from './hold-delay.ts';

const { readProjectCategories } = proxyActivities<Pick<IterationActivities, 'readProjectCategories'>>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '30 seconds',
  retry: { maximumAttempts: 2, nonRetryableErrorTypes: SHOWN_AT_ONCE },
});

/** Reads the labels of a CVAT project as categories, for somebody who has no login there but a worker that has one. */
export async function projectCategoriesWorkflow(request: ProjectCategoriesRequest): Promise<ProjectCategories> {
  return readProjectCategories(request);
}
