import { setTimeout as sleep } from 'node:timers/promises';
import type { IterationInput } from '../contracts/iteration.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import { isOnlyObserved } from '../contracts/only-observed.ts';
import type { Cvat, Project } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { categoriesOf } from './categories-of.ts';

/** In this time another iteration that has just made the same project takes its own back; looked at so often. */
const SETTLING_MS = 2000;
const LOOKS = 5;

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
  return takeBackIfLater(cvat, made, signal);
}

async function findSettled(cvat: Cvat, input: IterationInput, signal: AbortSignal): Promise<Project | null> {
  for (let look = 1; ; look += 1) {
    try {
      return await cvat.findProject(input.project, signal);
    } catch (error) {
      const maySettle = input.createProject && isMaskloopError(error, 'ProjectAmbiguous') && look < LOOKS;
      if (!maySettle) throw error;
      await sleep(SETTLING_MS, undefined, { signal });
    }
  }
}

/**
 * Removes the project that we have just made where there is an older one of its name, which is then the one. Others that were made at the
 * same time may be there still: each is taken back by whoever made it.
 */
async function takeBackIfLater(cvat: Cvat, made: Project, signal: AbortSignal): Promise<Project> {
  const [first] = await cvat.projectsNamed(made.name, signal);
  if (first === undefined || first.id >= made.id || (await cvat.projectTasks(made.id, signal)) > 0) return made;
  await cvat.deleteProject(made.id, signal);
  return first;
}
