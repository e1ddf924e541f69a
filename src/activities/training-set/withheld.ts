import type { HeldOutPicture, Holding, TrainingSet } from '../../contracts/training-set.ts';
import { heldOutBy, type HeldOutAs } from './held-out-by.ts';

/** Somebody who holds frames out. */
export interface Holder {
  readonly connection: string;
  readonly project: string;
  readonly holding: Holding;
}

/** How a frame is held out, and by whom. */
export interface Withheld<H extends Holder> {
  readonly as: HeldOutAs;
  readonly by: H;
}

/**
 * Which frames of an iteration others hold out: by themselves, by their pictures, or, where neither, by a group. Groups are
 * those of the rule of whoever holds out, and those of the iteration's own rule.
 *
 * @param group the iteration's own rule
 */
export function withheld<T extends HeldOutPicture, H extends Holder>(
  frames: readonly T[],
  place: Pick<Holder, 'connection' | 'project'>,
  group: string | undefined,
  holders: readonly H[],
): ReadonlyMap<T, Withheld<H>> {
  const found = new Map<T, Withheld<H>>();
  for (const by of holders) {
    const { connection, project, holding } = by;
    const isOfProject = connection === place.connection && project === place.project;
    const pictures = new Set(holding.frames.map(({ imageSha256 }) => imageSha256));
    const rules = [...new Set([holding.group, group])].map((rule) =>
      heldOutBy({ group: rule, frames: holding.frames }),
    );
    for (const frame of frames) {
      const reasons = rules.flatMap((asHeldOut) => asHeldOut(frame, isOfProject) ?? []);
      const as = pictures.has(frame.imageSha256) ? 'picture' : reasons[0];
      const known = found.get(frame)?.as ?? 'group';
      if (as !== undefined && known === 'group') found.set(frame, { as, by });
    }
  }
  return found;
}

/**
 * The same for frames that are to come back to a training set, as far as it tells: images and pictures whatever iteration holds
 * them out, groups those of other tasks.
 *
 * @param id of their iteration
 */
export function withheldInSet<T extends HeldOutPicture>(
  { origins }: Pick<TrainingSet, 'origins'>,
  id: string,
  frames: readonly T[],
): ReadonlySet<T> {
  const own = origins[id];
  const all = Object.values(origins);
  const images = new Set(all.flatMap(({ heldOut }) => heldOut));
  const pictures = new Set(all.flatMap(({ holding }) => holding?.frames ?? []).map(({ imageSha256 }) => imageSha256));
  const found = new Set(frames.filter((frame) => images.has(frame.imageId) || pictures.has(frame.imageSha256)));
  if (own === undefined) return found;
  const holders = all.flatMap(({ connection, project, taskId, holding }) => {
    const isSame = connection === own.connection && taskId === own.taskId;
    return isSame || holding === undefined ? [] : [{ connection, project, holding }];
  });
  return new Set([...found, ...withheld(frames, own, own.holding?.group, holders).keys()]);
}
