import { countOf } from '../../contracts/count-of.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import type { PoolCounts } from '../../contracts/selection.ts';
import type { StopFinding } from '../../contracts/stop-rules.ts';

/** What the rule `empty-pool` finds where an iteration has too few frames to begin with; null where it has enough. */
export function tooFewFrames(
  { minNewFrames, stop }: Pick<LoopPolicy, 'minNewFrames' | 'stop'>,
  { number, frames, pool }: { readonly number: number; readonly frames: number; readonly pool: PoolCounts },
): StopFinding | null {
  const limit = number === 0 ? 1 : Math.max(1, minNewFrames);
  if (frames >= limit) return null;
  const action = stop.find(({ rule }) => rule === 'empty-pool')?.action ?? 'stop';
  const words =
    `${countOf(frames, 'frame')} of ${pool.frames} can be chosen, ${limit} are wanted: ` +
    `${pool.used} were used, ${pool.heldOut} are held out, ${pool.alike} are too much like others`;
  return { rule: 'empty-pool', action, proposes: true, value: frames, limit, interval: null, words };
}
