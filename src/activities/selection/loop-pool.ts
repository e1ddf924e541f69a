import type { SampleList } from '../../contracts/selection.ts';
import type { PoolFrame } from '../../selection/pool-frame.ts';
import type { Connection } from '../dependencies.ts';
import { heldOutOfLoop, type HeldOutOfLoop } from './held-out-of-loop.ts';
import { openPool, type Pool } from './pool.ts';
import type { PoolPlace } from './pool-images.ts';
import type { SelectionPolicy } from './policy-document.ts';
import { otherLists } from './sample-list.ts';
import { usedFrames, type UsedFrames } from './used-frames.ts';

/** The pool as a number of a loop finds it. */
export interface LoopPool {
  readonly pool: Pool;
  /** What was chosen for other numbers. */
  readonly lists: ReadonlyMap<number, SampleList>;
  readonly used: UsedFrames;
  readonly heldOut: HeldOutOfLoop;
  /** SHA-256 of images that may not be chosen: used or held out. */
  readonly forbidden: ReadonlySet<string>;
  /** Frames that may be chosen, as far as names and groups tell. */
  readonly eligible: readonly PoolFrame[];
  readonly counts: {
    readonly frames: number;
    readonly groups: number;
    readonly used: number;
    readonly heldOut: number;
  };
}

/** Opens the pool and finds what of it may be chosen. @throws MaskloopError as `openPool`, `usedFrames` and `heldOutOfLoop` */
export async function openLoopPool(
  connection: Connection,
  place: Omit<PoolPlace, 'monai'>,
  policy: SelectionPolicy,
  number: number,
): Promise<LoopPool> {
  const { store, signal } = place;
  const pool = await openPool({ ...place, monai: connection.monai }, policy);
  const lists = await otherLists(store, policy, number);
  const used = await usedFrames({ store, cvat: connection.cvat, signal }, policy, { lists, number, pool });
  const heldOut = await heldOutOfLoop(store, policy, lists, signal);
  const isUsed = ({ name }: PoolFrame): boolean => used.names.has(name) || used.hashes.has(pool.hashOf(name) ?? '');
  const isHeldOut = ({ name, group }: PoolFrame): boolean =>
    heldOut.groups.has(group) || heldOut.hashes.has(pool.hashOf(name) ?? '');
  const unused = pool.frames.filter((frame) => !isUsed(frame));
  const eligible = unused.filter((frame) => !isHeldOut(frame));
  return {
    pool,
    lists,
    used,
    heldOut,
    forbidden: new Set([...used.hashes, ...heldOut.hashes]),
    eligible,
    counts: {
      frames: pool.frames.length,
      groups: new Set(pool.frames.map(({ group }) => group)).size,
      used: pool.frames.length - unused.length,
      heldOut: unused.length - eligible.length,
    },
  };
}
