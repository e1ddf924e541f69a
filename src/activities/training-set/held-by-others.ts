import type { IterationInput } from '../../contracts/iteration.ts';
import type { HeldOutPicture, TrainingSet } from '../../contracts/training-set.ts';
import { trainingOf } from '../training-of.ts';
import { countedOrigins } from './counted-origins.ts';
import type { OtherHolder } from './divide-frames.ts';
import { holdingOf } from './holding-of.ts';
import { withheld, type Withheld } from './withheld.ts';

type Asking = Pick<Parameters<typeof countedOrigins>[0], 'store' | 'isRunning'>;

interface Place {
  readonly id: string;
  readonly input: IterationInput;
  readonly taskId: number;
}

/**
 * Which frames of an iteration others hold out, by image id. Iterations of the same task do not count: the newest one says what of
 * it is held out. Nor do those that ended without a receipt, and those of which neither training set nor receipt tell the pictures.
 *
 * @param sets that of the trainer, and those of others
 * @throws what the store and `isRunning` throw
 */
export async function heldByOthers(
  { store, isRunning }: Asking,
  sets: readonly Pick<TrainingSet, 'origins'>[],
  { id, input, taskId }: Place,
  frames: readonly HeldOutPicture[],
): Promise<ReadonlyMap<string, Withheld<OtherHolder>>> {
  const holders: OtherHolder[] = [];
  for (const [other, origin] of await countedOrigins({ store, isRunning, id }, sets)) {
    const { connection, project } = origin;
    const isOfTask = connection === input.connection && origin.taskId === taskId;
    if (other === id || isOfTask) continue;
    const holding = await holdingOf(store, other, origin);
    if (holding !== null) holders.push({ id: other, connection, project, holding });
  }
  const found = withheld(frames, input, trainingOf(input).group, holders);
  return new Map([...found].map(([{ imageId }, how]) => [imageId, how]));
}
