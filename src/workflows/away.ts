import type { FailureCode } from '../contracts/failures.ts';
import type { IterationState } from '../contracts/iteration.ts';
import type { StepFailure } from './failure-of.ts';
import { waitFor } from './state.ts';

/** Failures that say which server is away; people are told of these. */
const SAYS_WHICH: readonly FailureCode[] = ['CvatUnreachable', 'MonaiUnreachable', 'TrainerUnusable'];

/** True for a failure that nobody has to do anything about: a server is waited for. */
export function isOutage({ handling }: Pick<StepFailure, 'handling'>): boolean {
  return handling !== 'attention' && handling !== 'refused';
}

/**
 * A step failed: a person has to decide, or a server is waited for. However often that is tried, whatever comes between the
 * tries, and though the server is held meanwhile, an outage keeps its beginning, and so does the wait for it.
 *
 * @param now ISO time
 */
export function meetTrouble(state: IterationState, failure: StepFailure, now: string): IterationState {
  const { code, message, action, facts, activity = null } = failure;
  const trouble = { code, message, action, facts };
  if (!isOutage(failure)) return { ...state, waitingFor: 'decision', trouble: { ...trouble, since: now }, since: now };
  const known = state.away?.outage ?? null;
  const shown = state.trouble?.code === code ? state.trouble.since : now;
  const began = known?.code === code ? known.since : shown;
  const outage = SAYS_WHICH.includes(code) ? { code, since: began } : known;
  const since = state.waitingFor === 'server' ? state.since : now;
  return { ...state, waitingFor: 'server', trouble: { ...trouble, since: began }, since, away: { outage, activity } };
}

/** The server that was waited for answers. @param now ISO time */
export function serverIsBack(state: IterationState, now: string): IterationState {
  const { away: _, ...rest } = state;
  return rest.waitingFor === 'server' ? waitFor(rest, rest.step === 'wait' ? 'people' : 'machine', now) : rest;
}

/** An activity has worked: a server is back if that is what had failed for it. @param now ISO time */
export function worked(state: IterationState, activity: string, now: string): IterationState {
  return state.away?.activity === activity ? serverIsBack(state, now) : state;
}
