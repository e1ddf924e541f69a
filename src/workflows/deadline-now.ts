import type { IterationInput, IterationState } from '../contracts/iteration.ts';
import type { DeadlineNow, LastPolicy, MoreTime } from '../contracts/deadline.ts';
import { isOnlyObserved } from '../contracts/only-observed.ts';

type Wait = Pick<IterationState, 'wait'>;

/** The deadline as it is now, ISO time; null for none. */
export function deadlineOf(
  { completion }: Pick<IterationInput, 'completion'>,
  { wait }: Pick<IterationState, 'wait'>,
): string | null {
  return wait?.deadline ?? completion.deadline?.at ?? null;
}

/**
 * How the deadline is moved by itself when it passes; null where it is not, or not any more: so often it was, a person has
 * decided what happens then, or jobs would have to be given away in a task that is only observed.
 */
export function moreTimeLeft(input: IterationInput, { wait }: Wait): (MoreTime & { readonly left: number }) | null {
  const more = input.completion.deadline?.more;
  if (more === undefined || wait?.policy !== undefined) return null;
  if (more.people.length > 0 && isOnlyObserved(input)) return null;
  const left = more.times - (wait?.deadlines?.length ?? 0);
  return left > 0 ? { ...more, left } : null;
}

/** What the poll does at a deadline: while there is more time to give it comes back, so that it is given. */
export function policyOf(input: IterationInput, state: Wait): LastPolicy {
  const given = state.wait?.policy;
  if (given !== undefined) return given;
  const { policy = 'attention', more } = input.completion.deadline ?? {};
  if (policy !== 'extend' && policy !== 'reassign') return policy;
  return more === undefined || moreTimeLeft(input, state) !== null ? 'attention' : more.last;
}

/** The deadline as people see it; null for none. */
export function deadlineNow(input: IterationInput, state: Wait): DeadlineNow | null {
  const at = deadlineOf(input, state);
  if (at === null) return null;
  const more = moreTimeLeft(input, state);
  const policy = more === null ? policyOf(input, state) : more.people.length > 0 ? 'reassign' : 'extend';
  const passed = state.wait?.deadlines;
  return { at, policy, ...(more === null ? {} : { more }), ...(passed === undefined ? {} : { passed }) };
}
