import { countOf } from '../../contracts/count-of.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import type { PoolCounts } from '../../contracts/selection.ts';
import type { StopAction, StopFinding } from '../../contracts/stop-rules.ts';

/** What was found for a number. */
interface Found {
  readonly number: number;
  readonly frames: number;
  readonly pool: PoolCounts;
}

/**
 * How many frames count for a number, and how many it begins with. Where several new ones are wanted these are all in the
 * pool that could be chosen, whatever the size of a batch, without carried ones; else a single frame of any kind is enough.
 */
export function framesToBegin(
  { minNewFrames }: Pick<LoopPolicy, 'minNewFrames'>,
  { number, frames, pool }: Found,
): { readonly found: number; readonly wanted: number } {
  if (number === 0 || minNewFrames <= 1) return { found: frames, wanted: 1 };
  return { found: pool.eligible, wanted: minNewFrames };
}

/** What the rule `empty-pool` finds where an iteration has too few frames to begin with; null where it has enough. */
export function tooFewFrames(
  rules: Pick<LoopPolicy, 'minNewFrames' | 'stop' | 'pace' | 'pool'>,
  selection: Found,
): StopFinding | null {
  const { found, wanted } = framesToBegin(rules, selection);
  if (found >= wanted) return null;
  const { pool } = selection;
  const action = emptyPoolAction(rules, found);
  const words =
    `${countOf(found, 'frame')} of ${pool.frames} can be chosen, ${wanted} are wanted: ` +
    `${pool.used} were used, ${pool.heldOut} are held out, ${pool.alike} are too much like others`;
  return { rule: 'empty-pool', action, proposes: true, value: found, limit: wanted, interval: null, words };
}

/**
 * What the rule says. On a schedule an iteration for which there are too few frames is skipped, as long as more may come: always
 * where only fewer are left than are wanted, and where none is left unless the file names the rule.
 */
function emptyPoolAction({ stop, pace, pool }: Pick<LoopPolicy, 'stop' | 'pace' | 'pool'>, found: number): StopAction {
  const named = stop.find(({ rule }) => rule === 'empty-pool')?.action;
  const mayGrow = pace === 'schedule' && pool.kind !== 'files' && (found > 0 || named === undefined);
  return mayGrow ? 'note' : (named ?? 'stop');
}
