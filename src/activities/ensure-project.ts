import { setTimeout as sleep } from 'node:timers/promises';
import type { IterationInput } from '../contracts/iteration.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import { isOnlyObserved } from '../contracts/only-observed.ts';
import type { Cvat, Project } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { categoriesOf } from './categories-of.ts';

/** In this time another iteration that has just made the same project takes its own back. */
const SETTLING_MS = 2000;

/**
 * The project of exactly this name, made where it may be made. Of several iterations that make it at the same time, the
 * first one's stays: the others take theirs back, which hold nothing yet.
 *
 * @throws MaskloopError `ProjectNotFound`, `ProjectAmbiguous`
 */
export async function ensureProject(
  { cvat, store }: { cvat: Cvat; store: ArtifactStore },
  input: IterationInput,
  signal: AbortSignal,
): Promise<Project> {
  const found = await findSettled(cvat, input, signal);
  if (found !== null) return found;
  if (!input.createProject || isOnlyObserved(input)) {
    throw new MaskloopError('ProjectNotFound', `CVAT has no project named "${input.project}".`, {
      facts: { project: input.project },
    });
  }
  const categories = await categoriesOf(store, input);
  const made = await cvat.createProject({ name: input.project, labels: categories.map(({ name }) => name) }, signal);
  const first = await takeBackIfLater(cvat, made, signal);
  return first ?? made;
}

async function findSettled(cvat: Cvat, input: IterationInput, signal: AbortSignal): Promise<Project | null> {
  try {
    return await cvat.findProject(input.project, signal);
  } catch (error) {
    if (!input.createProject || !isMaskloopError(error, 'ProjectAmbiguous')) throw error;
    await sleep(SETTLING_MS, undefined, { signal });
    return cvat.findProject(input.project, signal);
  }
}

/** Removes the project that we have just made if an older one of its name has come up meanwhile, which is returned. */
async function takeBackIfLater(cvat: Cvat, made: Project, signal: AbortSignal): Promise<Project | null> {
  try {
    await cvat.findProject(made.name, signal);
    return null;
  } catch (error) {
    if (!isMaskloopError(error, 'ProjectAmbiguous')) throw error;
    const { ids } = error.facts;
    const isFirst = Array.isArray(ids) && ids.every((id) => typeof id === 'number' && id >= made.id);
    if (isFirst || (await cvat.projectTasks(made.id, signal)) > 0) return null;
    await cvat.deleteProject(made.id, signal);
    return cvat.findProject(made.name, signal);
  }
}
