import type { StepName } from '../../contracts/iteration.ts';
import type { Session } from '../session.ts';
import { isSettled, settle } from '../state.ts';

/** Closes a step that was not asked for. */
export function skipUnasked(session: Session, step: StepName): void {
  if (isSettled(session.state, step)) return;
  session.update((state, now) => settle({ ...state, step, since: now, stepStartedAt: now }, step, 'skipped', now));
}
