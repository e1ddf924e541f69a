import type { HeldOutPicture, Holding, TrainingSet } from '../../contracts/training-set.ts';
import { heldOutBy } from './held-out-by.ts';

/** Somebody who holds frames out. */
export interface Holder {
  readonly connection: string;
  readonly project: string;
  readonly holding: Holding;
}

/**
 * Which frames of an iteration others hold out: by themselves, by a group, or by their pictures. Groups are those of the rule
 * of whoever holds out, and those of the iteration's own rule.
 *
 * @param group the iteration's own rule
 */
export function withheld<T extends HeldOutPicture>(
  frames: readonly T[],
  place: Pick<Holder, 'connection' | 'project'>,
  group: string | undefined,
  holders: readonly Holder[],
): ReadonlySet<T> {
  const found = new Set<T>();
  for (const { connection, project, holding } of holders) {
    const isOfProject = connection === place.connection && project === place.project;
    for (const rule of new Set([holding.group, group])) {
      const asHeldOut = heldOutBy({ group: rule, frames: holding.frames });
      for (const frame of frames) if (asHeldOut(frame, isOfProject) !== null) found.add(frame);
    }
  }
  return found;
}

/**
 * The same for frames that are to come back to a training set, as far as it tells: of images whatever iteration holds them out,
 * of groups and pictures those of other tasks.
 *
 * @param id of their iteration
 */
export function withheldInSet<T extends HeldOutPicture>(
  { origins }: Pick<TrainingSet, 'origins'>,
  id: string,
  frames: readonly T[],
): ReadonlySet<T> {
  const own = origins[id];
  const images = new Set(Object.values(origins).flatMap(({ heldOut }) => heldOut));
  const found = new Set(frames.filter(({ imageId }) => images.has(imageId)));
  if (own === undefined) return found;
  const holders = Object.values(origins).flatMap(({ connection, project, taskId, holding }) => {
    const isSame = connection === own.connection && taskId === own.taskId;
    return isSame || holding === undefined ? [] : [{ connection, project, holding }];
  });
  return new Set([...found, ...withheld(frames, own, own.holding?.group, holders)]);
}
