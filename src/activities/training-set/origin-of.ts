import type { IterationInput } from '../../contracts/iteration.ts';
import type { LabelManifest } from '../../contracts/manifests.ts';
import type { HeldOutPicture, TrainingOrigin } from '../../contracts/training-set.ts';

/**
 * The place of an iteration in a training set.
 *
 * @param heldOut all that it holds out, of its own task and from outside; `unmeasured` are ids of images that it holds out besides, for
 *   the sake of others: nothing comes near them that does not come near those
 */
export function originOf(
  { connection, project, images, training }: IterationInput,
  { taskId, model }: { readonly taskId: number; readonly model: string },
  { categories }: Pick<LabelManifest, 'categories'>,
  indexOf: ReadonlyMap<number, number>,
  heldOut: { readonly held: readonly HeldOutPicture[]; readonly unmeasured: ReadonlySet<string> },
): TrainingOrigin {
  const group = training?.group;
  return {
    connection,
    project,
    taskId,
    images,
    model,
    indexOf: Object.fromEntries(categories.map(({ id, name }) => [name, indexOf.get(id) ?? 0])),
    categoryOf: Object.fromEntries(categories.map(({ id, name }) => [name, id])),
    heldOut: [...heldOut.held.map(({ imageId }) => imageId), ...heldOut.unmeasured],
    holding: { ...(group === undefined ? {} : { group }), frames: heldOut.held },
  };
}
