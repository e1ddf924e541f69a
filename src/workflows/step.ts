import { CancellationScope, condition, ContinueAsNew, isCancellation, patched } from '@temporalio/workflow';
import type { StepName } from '../contracts/iteration.ts';
import { awaitDecision } from './await-decision.ts';
import { isOutage, meetTrouble } from './away.ts';
import { failureOf } from './failure-of.ts';
import { holdDelay } from './hold-delay.ts';
import type { Session } from './session.ts';
import { beginTry, enter, isSettled, meetTroubleAnew, settle, waitFor } from './state.ts';
import { isOverdue } from './wait-state.ts';

/** An outage that outlives an activity's own retries is tried again after this time, doubled up to the limit. */
const OUTAGE_DELAY_MS = { first: 30_000, limit: 15 * 60_000 };

/** Runs `work`, and cancels it as soon as the iteration is paused or `stop` holds. */
export async function interruptible(
  session: Session,
  work: () => Promise<void>,
  stop: () => boolean,
): Promise<'done' | 'interrupted'> {
  const scope = new CancellationScope();
  let ended = false;
  const running = scope.run(work).finally(() => {
    ended = true;
  });
  // Both ends of the race are awaited below; this keeps a rejection from counting as unhandled meanwhile.
  running.catch(() => undefined);
  try {
    await condition(() => ended || session.state.paused || stop());
  } catch (error) {
    // The iteration is cancelled: what runs has to end before anything is cleaned up behind it.
    await CancellationScope.nonCancellable(() => running.catch(() => undefined));
    throw error;
  }
  if (!ended) scope.cancel();
  try {
    await running;
    return 'done';
  } catch (error) {
    if (isCancellation(error) && scope.consideredCancelled) return 'interrupted';
    throw error;
  }
}

/** Leaves the trainer as it should be while a person is waited for. */
async function standingBack(session: Session, wait: () => Promise<void>): Promise<void> {
  const end = await session.standBack?.();
  try {
    await wait();
  } finally {
    await end?.();
  }
}

async function whilePaused(session: Session): Promise<void> {
  if (session.state.paused) await standingBack(session, () => untilResumed(session));
}

async function untilResumed(session: Session): Promise<void> {
  session.update((state, now) => waitFor(state, 'resume', now));
  const isBounded = patched('attention-bounded');
  while (session.state.paused) {
    await condition(() => !session.state.paused || (isBounded && session.historyIsLong));
    if (session.state.paused) await session.continueIfLong();
  }
}

/** True where the run before ended, its history long, while a person had to decide: nothing is tried before they have. */
function isAsked({ state }: Session, step: StepName): boolean {
  const { waitingFor, trouble } = state;
  const asked = state.step === step && waitingFor === 'decision' && trouble !== null && !isOverdue(state);
  return asked && patched('attention-bounded');
}

/** Waits out an outage; a person's `retry` shortens it. */
async function awaitServer(session: Session, outages: number): Promise<void> {
  const heldMs = holdDelay(session.state.trouble, session.now());
  if (heldMs !== null) {
    session.woken = false;
    await condition(() => session.decision !== null || session.state.paused || session.woken, heldMs);
    return;
  }
  const delayMs = Math.min(OUTAGE_DELAY_MS.first * 2 ** outages, OUTAGE_DELAY_MS.limit);
  await condition(() => session.decision !== null || session.state.paused, delayMs);
}

/**
 * Does one step of the iteration, once. A pause interrupts it and it begins again after the resume; an outage is
 * waited out; any other failure waits for a person, who has it done again or skips it; a refused login also for the login
 * to be mended. Returns whether it was done.
 *
 * `stop` interrupts the work without a pause: the step then begins again at once.
 */
export async function runStep(
  session: Session,
  step: StepName,
  work: () => Promise<void>,
  stop: () => boolean = () => false,
): Promise<'done' | 'skipped'> {
  if (isSettled(session.state, step)) return outcomeOf(session, step);
  let asked = isAsked(session, step);
  session.update((state, now) => enter(state, step, now));
  for (let outages = 0; ;) {
    // A run that begins now must not ask again what was answered.
    if (session.historyIsLong && session.decision === 'retry') session.update(beginTry);
    await session.continueIfLong();
    if (!asked) {
      await whilePaused(session);
      session.decision = null;
      session.update(beginTry);
      try {
        if ((await interruptible(session, work, stop)) === 'interrupted') continue;
        session.update((state, now) => settle(state, step, 'done', now));
        return 'done';
      } catch (error) {
        if (isCancellation(error) || error instanceof ContinueAsNew) throw error;
        const failure = failureOf(error);
        const meet = isOutage(failure) && !patched('outage-followed') ? meetTroubleAnew : meetTrouble;
        session.update((state, now) => meet(state, failure, now));
      }
    }
    asked = false;
    if (session.state.waitingFor === 'server') await awaitServer(session, outages++);
    else await standingBack(session, () => awaitDecision(session));
    if (session.decision !== null) outages = 0;
    if (session.decision === 'skip') {
      session.update((state, now) => settle(state, step, 'skipped', now));
      session.decision = null;
      return 'skipped';
    }
  }
}

function outcomeOf(session: Session, step: StepName): 'done' | 'skipped' {
  return session.state.steps.find((record) => record.step === step)?.outcome ?? 'done';
}
