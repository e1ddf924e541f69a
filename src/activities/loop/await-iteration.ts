import { MaskloopError } from '../../contracts/error.ts';
import type { LoopActivities } from '../../contracts/loop-activities.ts';
import { readReceipt } from '../../receipts/read-receipt.ts';
import { durable } from '../durable.ts';
import type { LoopDependencies } from './loop-dependencies.ts';

const LOOK_EVERY_MS = 60_000;

/** Looks how an iteration has ended: by its receipt, else by Temporal. */
export function createAwaitIteration({
  store,
  standingOf,
  lookEveryMs = LOOK_EVERY_MS,
}: LoopDependencies): LoopActivities['awaitIteration'] {
  return durable(async ({ id, loop }) => {
    // Asked first: it writes its receipt before it ends.
    const standing = await standingOf(id);
    const receipt = standing === 'running' ? null : await readReceipt(store, id);
    if (receipt !== null) {
      // One that somebody has started by hand, or another loop, was held against no rules of this one.
      if (receipt.input.loop?.name !== loop.name) return { outcome: 'done', findings: [], proposes: null };
      const { stopping } = receipt.results;
      // Something that the rules need is lost: then a person says whether it goes on.
      if (stopping === undefined) return { outcome: 'done', findings: [], proposes: 'ask' };
      return { outcome: 'done', findings: stopping.findings, proposes: stopping.proposes };
    }
    if (standing !== 'running') {
      return { outcome: standing === 'cancelled' ? 'cancelled' : 'failed', findings: [], proposes: null };
    }
    throw new MaskloopError('IterationPending', `The iteration ${id} has not ended yet.`, {
      facts: { id },
      retryAfterMs: lookEveryMs,
    });
  });
}
