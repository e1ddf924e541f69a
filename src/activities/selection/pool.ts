import { MaskloopError } from '../../contracts/error.ts';
import { groupOf } from '../../gate/group-of.ts';
import type { PoolFrame } from '../../selection/pool-frame.ts';
import { datastorePool } from './datastore-pool.ts';
import { filesPool, folderPool } from './folder-pool.ts';
import type { SelectionPolicy } from './policy-document.ts';
import type { PoolImages, PoolPlace } from './pool-images.ts';

/** The same with the group of each image. */
export interface Pool extends PoolImages {
  readonly frames: readonly PoolFrame[];
}

function imagesOf(place: PoolPlace, { pool, connection }: SelectionPolicy): Promise<PoolImages> {
  if (pool.kind === 'files') return filesPool(place, pool.images);
  if (pool.kind === 'folder') return folderPool(pool.uri);
  if (place.monai !== null) return datastorePool(place.monai, place.signal);
  throw new MaskloopError(
    'InvalidConfiguration',
    `The pool is MONAI Label's datastore, and connection "${connection}" has no MONAI Label.`,
    { facts: { connection } },
  );
}

/**
 * The pool of a policy as it is now.
 *
 * @throws MaskloopError `InputChanged` for a folder that was to stay as it is; `UnreadableFile`, `InvalidConfiguration`, what the store
 *   and MONAI Label throw
 */
export async function openPool(place: PoolPlace, policy: SelectionPolicy): Promise<Pool> {
  const images = await imagesOf(place, policy);
  const groupOfFrame = groupOf(policy.iteration.training.group);
  return { ...images, frames: images.names.map((name) => ({ name, group: groupOfFrame(name) })) };
}
