import { MaskloopError } from '../../contracts/error.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import { missingText } from '../../labels/missing-text.ts';
import { nearNames } from '../../labels/near-names.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { hasSealedLabels } from './sealed-task.ts';

interface Place {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly input: IterationInput;
  readonly signal: AbortSignal;
}

/**
 * Id of another task of the project whose frames are held out.
 *
 * @throws MaskloopError with the code, naming the tasks that come near; `TaskAmbiguous`, and what CVAT throws
 */
export async function findHeldOutTask(
  { cvat, input, signal }: Omit<Place, 'store'>,
  name: string,
  code: 'GroundTruthMissing' | 'HeldOutMissing',
): Promise<number> {
  const project = await cvat.findProject(input.project, signal);
  const found = project === null ? null : await cvat.findTask({ projectId: project.id, name }, signal);
  if (found !== null) return found.id;
  const known = project === null ? [] : (await cvat.tasksOfProject(project.id, signal)).map((task) => task.name);
  const near = nearNames(name, known);
  const text = `Project "${input.project}" has no task named ${missingText([name], { [name]: near })}, whose frames are to be held out.`;
  throw new MaskloopError(code, text, { facts: { project: input.project, task: name, near: near.slice(0, 20) } });
}

/**
 * Makes sure that a task whose frames are held out is there while its name can still be mended: it is read when people are
 * done, weeks later. Its ground truth job may be made, and its labels sealed, until then.
 *
 * @throws MaskloopError `GroundTruthMissing`, `HeldOutMissing`, as {@link findHeldOutTask}
 */
export async function requireHeldOutTask(place: Place): Promise<void> {
  const { store, input } = place;
  const heldOut = input.training?.heldOut;
  if (heldOut?.kind === 'ground-truth' && heldOut.task !== null && heldOut.task !== input.task) {
    await findHeldOutTask(place, heldOut.task, 'GroundTruthMissing');
  }
  if (heldOut?.kind !== 'task' || (await hasSealedLabels(store, input, heldOut.task))) return;
  await findHeldOutTask(place, heldOut.task, 'HeldOutMissing');
}
