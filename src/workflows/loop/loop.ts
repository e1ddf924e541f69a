import type { LoopEnd, LoopInput, LoopState } from '../../contracts/loop.ts';
import { beginIteration } from './begin-iteration.ts';
import { followIteration } from './follow-iteration.ts';
import type { LoopContext } from './loop-context.ts';
import { createLoopProxies } from './loop-proxies.ts';
import { LoopSession } from './loop-session.ts';
import { moveTo, stopped } from './loop-state.ts';
import { handleLoopMessages } from './steer-loop.ts';
import { tellAsking, tellStopped } from './tell-of-loop.ts';

/** Who waits for frames looks for them again after this time. */
const LOOK_AGAIN_MS = 60 * 60_000;

/**
 * A loop: one iteration after the other, as its policy says, each a run of its own that outlives this one. Its id is
 * `~loop/P/NAME`. Each iteration has a run of the loop for itself, so that no history grows with their number.
 *
 * @returns why it has ended
 */
export async function loopWorkflow(input: LoopInput, carried?: LoopState): Promise<LoopEnd> {
  const session = new LoopSession(input, carried);
  const context: LoopContext = { session, proxies: createLoopProxies() };
  handleLoopMessages(context);
  for (;;) {
    await session.continueIfDue();
    const { iteration, end } = session.state;
    if (iteration !== null) await followIteration(context, iteration);
    else if (end === null) await next(context);
    else {
      session.update(stopped);
      await tellStopped(context, end);
      await session.settleMessages();
      return end;
    }
  }
}

/** What comes where no iteration runs: it waits for an answer, for the end of a pause, for a wish, or begins the next one. */
async function next(context: LoopContext): Promise<void> {
  const { session } = context;
  const { phase, paused, begin, edited } = session.state;
  const isEnding = (): boolean => session.state.end !== null;
  if (phase === 'asking') {
    await tellAsking(context);
    await session.until(() => session.state.phase !== 'asking' || isEnding());
  } else if (paused) await session.until(() => !session.state.paused || isEnding());
  else if (phase === 'resting' && begin === null && edited === null) await untilWanted(context);
  else {
    session.update((state, now) => moveTo(state, 'selecting', now));
    await beginIteration(context);
  }
}

/** A loop that rests goes on when it is asked to, edited, or, where it waits for frames, after a while. */
async function untilWanted({ session }: LoopContext): Promise<void> {
  const { pace } = session.state;
  const isChanged = (): boolean => {
    const { begin, edited, end, paused } = session.state;
    return begin !== null || edited !== null || end !== null || paused;
  };
  await session.until(isChanged, pace === 'continuous' ? LOOK_AGAIN_MS : undefined);
  if (pace === 'continuous' && !isChanged()) session.update((state, now) => moveTo(state, 'selecting', now));
}
