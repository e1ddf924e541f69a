import { CancellationScope, condition, isCancellation, patched } from '@temporalio/workflow';
import type { FailureCode } from '../../contracts/failures.ts';
import type { IterationState } from '../../contracts/iteration.ts';
import { failureOf } from '../failure-of.ts';
import { giveTurnBack, type Session } from '../session.ts';
import { waitFor, withoutTurn } from '../state.ts';
import { earlierMayRun, ENDED_TRAININGS, trainingNumber } from '../training-number.ts';
import type { StepContext } from './step-context.ts';

/** A turn that nobody else wants comes within this time. */
const AT_ONCE_MS = 2000;

/** When work may begin: in the training window, or at once. */
type Hours = 'training window' | 'any hour';

/**
 * Does work that needs the trainer for itself, when the training window is open and the iteration's turn has come. The turn
 * stays until {@link returnTurn}; where a server is waited for and no training of ours may run, it is given back at once.
 * Where a person is, `standBack` gives it back.
 */
export async function inTurn<R>(
  context: StepContext,
  work: () => Promise<R>,
  hours: Hours = 'training window',
): Promise<R> {
  await takeTurn(context, hours);
  try {
    return await work();
  } catch (error) {
    if (isCancellation(error)) throw error;
    const { code, handling } = failureOf(error);
    if ((handling === 'outage' || handling === 'pending') && !mayTrain(context.session.state, code))
      await returnTurn(context);
    throw error;
  }
}

/** Gives the turn back, or the place among those that wait. */
export async function returnTurn({ session }: StepContext): Promise<void> {
  const { turn } = session.state;
  if (turn === undefined) return;
  await CancellationScope.nonCancellable(() => giveTurnBack(turn.turns, session));
  session.update(withoutTurn);
}

/** Whether a training of this iteration, or an earlier one of its own, may run after its step has failed with `code`, or was interrupted. */
export function mayTrain(state: IterationState, code: FailureCode | null): boolean {
  if (earlierMayRun(state)) return patched('earlier-training-keeps-turn');
  const wasAsked = state.trainingAsked === trainingNumber(state);
  return wasAsked && code !== 'TrainingBusy' && !ENDED_TRAININGS.includes(code);
}

async function takeTurn(context: StepContext, hours: Hours): Promise<void> {
  const { session, proxies } = context;
  const { id, input, firstRunId } = session;
  while (session.state.turn?.hasTurn !== true) {
    if (hours === 'training window') await untilOpen(context);
    session.wantsTurn = true;
    try {
      const { turns } = await proxies.turns.requestTurn({ id, input, firstRunId });
      session.update((state) => ({ ...state, turn: state.turn ?? { turns, hasTurn: false } }));
      await granted(session);
    } catch (error) {
      await returnTurn(context);
      throw error;
    } finally {
      session.wantsTurn = false;
    }
    session.update((state, now) => (state.waitingFor === 'turn' ? waitFor(state, 'machine', now) : state));
    if (hours === 'any hour' || (await isOpen(context))) return;
    await returnTurn(context);
  }
}

/** Waits for the turn, and says so. An outage is shown on where the turn comes at once: nothing of the step has worked yet. */
async function granted(session: Session): Promise<void> {
  const hasTurn = (): boolean => session.state.turn?.hasTurn === true;
  const isAway = session.state.waitingFor === 'server';
  if (isAway && (await condition(hasTurn, AT_ONCE_MS))) return;
  session.update((state, now) => (hasTurn() ? state : waitFor(state, 'turn', now)));
  await condition(hasTurn);
}

/** Waits until training may begin: when its window opens, or a person says so. */
async function untilOpen(context: StepContext): Promise<void> {
  const { session, proxies } = context;
  const { id, input } = session;
  while (hasToWait(context)) {
    const { opensAt } = await proxies.turns.checkTrainingWindow({ id, input });
    if (opensAt === null) return;
    session.update((state, now) => ({ ...waitFor(state, 'window', now), opensAt }));
    const waitMs = Math.max(1000, Date.parse(opensAt) - Date.parse(session.now()));
    await condition(() => session.trainsNow, waitMs);
    session.update((state, now) => waitFor(state, 'machine', now));
  }
}

/** Whether the hours count: there is a window, and nobody has decided to train at once. */
function hasToWait({ session }: StepContext): boolean {
  return session.input.training?.window !== undefined && !session.trainsNow;
}

/** Whether a training may begin now, where there is a window. */
export async function isOpen({ session, proxies }: StepContext): Promise<boolean> {
  const { id, input } = session;
  if (!hasToWait({ session, proxies })) return true;
  return (await proxies.turns.checkTrainingWindow({ id, input })).opensAt === null;
}
