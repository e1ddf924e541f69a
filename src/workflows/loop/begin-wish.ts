import type { LoopState, LoopWish } from '../../contracts/loop.ts';
import { note } from './loop-state.ts';

/** What becomes of the wish for an iteration. */
export interface WishAnswer {
  readonly outcome: 'begins' | 'waits' | 'skipped';
  readonly why: string;
}

/** Somebody who wants an iteration now, and whether one that cannot begin yet is to wait. */
interface Wish extends LoopWish {
  readonly overlap: 'skip' | 'buffer';
}

/** Why no iteration can begin now; null where one can. */
function hindrance({ phase, paused, iteration }: LoopState): string | null {
  if (paused) return 'the loop is paused';
  if (phase === 'iterating') return `${iteration ?? 'an iteration'} runs`;
  if (phase === 'asking') return 'the loop waits for an answer';
  return null;
}

/**
 * An iteration is asked for: it begins where the loop rests; it waits or is skipped, with the reason on record, while it
 * cannot begin. At most one waits.
 */
export function wish(state: LoopState, { by, at, overlap, reply }: Wish): { state: LoopState; answer: WishAnswer } {
  const skipped = (why: string): { state: LoopState; answer: WishAnswer } => ({
    // A schedule keeps what came of its times itself; there may be many.
    state: reply === null ? note(state, 'begin', { by, at }, `skipped: ${why}`) : state,
    answer: { outcome: 'skipped', why },
  });
  if (state.end !== null || state.phase === 'stopped') return skipped('the loop ends');
  if (state.begin !== null) return skipped(`one that was asked for at ${state.begin.at} has not begun yet`);
  const why = hindrance(state);
  const begin = { by, at, reply };
  if (why === null && state.phase === 'resting') {
    const begun = note({ ...state, begin }, 'begin', begin);
    return { state: begun, answer: { outcome: 'begins', why: 'nothing hinders it' } };
  }
  if (state.pace === 'continuous') {
    const isHeldUp = state.paused || state.phase === 'asking';
    return skipped((isHeldUp ? why : null) ?? 'the next one begins by itself');
  }
  if (why !== null && overlap === 'skip') return skipped(why);
  return { state: note({ ...state, begin }, 'begin', begin), answer: { outcome: 'waits', why: why ?? 'one begins' } };
}
