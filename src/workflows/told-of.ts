import type { FailureCode } from '../contracts/failures.ts';
import type { IterationState } from '../contracts/iteration.ts';
import type { Told } from '../contracts/notice-activities.ts';
import { choicesOf } from './status.ts';
import { isOverdue } from './wait-state.ts';

/** A server that is away is told once, until something has worked again: a pause shows nothing of it. */
function backFrom(before: IterationState, after: IterationState): FailureCode | null {
  const wasAway = before.waitingFor === 'server' && before.trouble !== null;
  const isBack = after.waitingFor !== 'server' && after.waitingFor !== 'resume' && after.waitingFor !== 'decision';
  return wasAway && isBack ? (before.trouble?.code ?? null) : null;
}

/**
 * What a change of an iteration's state means for people: nothing, mostly. Reminders and the deadline come from the poll.
 *
 * @param at ISO time
 */
export function toldOf(before: IterationState, after: IterationState, at: string): readonly Told[] {
  const { trouble, waitingFor, step, results } = after;
  const told: Told[] = [];
  const isNew = trouble !== null && trouble.since !== before.trouble?.since;
  if (isNew && waitingFor === 'decision' && !isOverdue(after)) {
    told.push({ kind: 'attention', step, trouble, choices: choicesOf(after) });
  }
  // A hold is no outage: whoever holds a server knows.
  const isAway = trouble !== null && trouble.code !== 'OnHold' && waitingFor === 'server';
  if (isAway && before.waitingFor !== 'server') {
    told.push({ kind: 'server-away', trouble, at });
  }
  const code = backFrom(before, after);
  if (code !== null) told.push({ kind: 'server-back', code, at });
  const { promotion } = results;
  if (promotion !== undefined && promotion !== before.results.promotion) {
    told.push({ kind: 'training-done', promotion, gate: results.evaluation?.gate ?? null });
  }
  return told;
}
