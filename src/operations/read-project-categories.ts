import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import {
  PROJECT_CATEGORIES_WORKFLOW,
  type ProjectCategories,
  type ProjectCategoriesRequest,
} from '../contracts/project-categories.ts';
import { runOnWorker } from './run-on-worker.ts';
import { artifactSchema } from '../storage/artifact-schema.ts';

const answer: z.ZodType<ProjectCategories> = z.object({
  categories: artifactSchema,
  rows: z.array(z.object({ value: z.number(), name: z.string() })),
  classes: z.number(),
});

/**
 * The labels of a CVAT project as categories.
 *
 * @throws MaskloopError `ProjectNotFound`, `ProjectAmbiguous`, `InvalidCategories`, and those of {@link runOnWorker}
 */
export async function readProjectCategories(
  client: Client,
  request: ProjectCategoriesRequest,
  patienceMs?: number,
): Promise<ProjectCategories> {
  const workflowId = `${PROJECT_CATEGORIES_WORKFLOW}:${randomUUID()}`;
  const job = { type: PROJECT_CATEGORIES_WORKFLOW, workflowId, args: [request], id: request.project, patienceMs };
  return answer.parse(await runOnWorker(client, job));
}
