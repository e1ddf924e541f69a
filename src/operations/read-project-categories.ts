import type { Client } from '@temporalio/client';
import { z } from 'zod';
import {
  PROJECT_CATEGORIES_WORKFLOW,
  type ProjectCategories,
  type ProjectCategoriesRequest,
} from '../contracts/project-categories.ts';
import { askWorker } from './ask-worker.ts';

const answer: z.ZodType<ProjectCategories> = z.object({
  categories: z.object({ uri: z.string(), sha256: z.string(), bytes: z.number() }),
  rows: z.array(z.object({ value: z.number(), name: z.string() })),
  classes: z.number(),
});

/**
 * The labels of a CVAT project as categories.
 *
 * @throws MaskloopError `ProjectNotFound`, `ProjectAmbiguous`, `InvalidCategories`, and those of {@link askWorker}
 */
export async function readProjectCategories(
  client: Client,
  request: ProjectCategoriesRequest,
  patienceMs?: number,
): Promise<ProjectCategories> {
  return askWorker(client, { workflow: PROJECT_CATEGORIES_WORKFLOW, request, answer }, patienceMs);
}
