/** With the six events that each may write, a history that converts stays below 500. */
export const MAX_SHARDS = 64;

/**
 * Masks in each shard but the last, which may be smaller: `wanted`, doubled until no more than {@link MAX_SHARDS} shards
 * hold all. By doubling, some masks more at the end leave the shards before them as they are.
 *
 * @param masks from 1
 * @param wanted from 1
 */
export function shardSize(masks: number, wanted: number): number {
  let size = wanted;
  while (masks > size * MAX_SHARDS) size *= 2;
  return size;
}
