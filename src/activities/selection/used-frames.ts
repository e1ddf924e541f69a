import type { Connection } from '../dependencies.ts';
import { loopTaskName } from '../../contracts/loop-task.ts';
import type { SampleList } from '../../contracts/selection.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { tasksMadeBefore } from './frames-of-people.ts';
import type { Pool } from './pool.ts';
import type { SelectionPolicy } from './policy-document.ts';

/** More tasks than people have made before a loop began. */
const MOST_MADE_BEFORE = 10_000;

/** Frames that are not to be chosen again. */
export interface UsedFrames {
  readonly names: ReadonlySet<string>;
  /** SHA-256 of their images, as far as they are known. */
  readonly hashes: ReadonlySet<string>;
  /** Those of the loop's own lists. */
  readonly samples: readonly { readonly name: string; readonly group: string; readonly sha256: string }[];
}

/**
 * What other iterations of the loop have, and tasks of its numbers that people made before. Frames of the latter that are not in
 * the pool by name are known by the content of their images.
 *
 * @throws MaskloopError `ArtifactCorrupt`; what the store and CVAT throw
 */
export async function usedFrames(
  { store, cvat, signal }: Pick<Connection, 'cvat'> & { readonly store: ArtifactStore; readonly signal: AbortSignal },
  policy: SelectionPolicy,
  { lists, number, pool }: { lists: ReadonlyMap<number, SampleList>; number: number; pool: Pool },
): Promise<UsedFrames> {
  const samples = [...lists.values()].flatMap((list) => list.samples);
  const names = new Set(samples.map(({ name }) => name));
  const hashes = new Set(samples.map(({ sha256 }) => sha256));
  // The held-out task comes first: whatever was made before it has a number from 1 on, without a gap.
  const isFirst = number === 0;
  const length = isFirst ? MOST_MADE_BEFORE : number - 1;
  const without = Array.from({ length }, (_, at) => at + 1).filter((at) => !lists.has(at));
  const tasks = without.map((at) => ({ number: at, name: loopTaskName(policy.taskName, at) }));
  for (const frame of await tasksMadeBefore({ store, cvat, signal }, policy, { tasks, pool, toGap: isFirst })) {
    if (frame.sha256 === null) names.add(frame.name);
    else hashes.add(frame.sha256);
  }
  return { names, hashes, samples };
}
