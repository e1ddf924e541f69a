import type { IterationState } from '../contracts/iteration.ts';
import type { Told } from '../contracts/notice-activities.ts';
import { choicesOf } from './status.ts';
import { isOverdue } from './wait-state.ts';

/**
 * A server that goes away is told once, until what had failed for it has worked, whatever comes between: a hold, which whoever
 * holds a server knows of, a pause, a turn of others. Where people went on without the step nothing says that it is back.
 */
function toldOfServers(before: IterationState, after: IterationState, at: string): readonly Told[] {
  const { outage: was = null } = before.away ?? {};
  const { outage: is = null } = after.away ?? {};
  const { trouble, steps } = after;
  if (is !== null) return trouble === null || is.code === was?.code ? [] : [{ kind: 'server-away', trouble, at }];
  const isSkipped = steps.length > before.steps.length && steps.at(-1)?.outcome === 'skipped';
  return was === null || isSkipped ? [] : [{ kind: 'server-back', code: was.code, at }];
}

/** The same for runs that began before outages were followed from their beginning to their end. */
function toldOfServersAnew(before: IterationState, after: IterationState, at: string): readonly Told[] {
  const told: Told[] = [];
  const { trouble, waitingFor } = after;
  const isAway = trouble !== null && trouble.code !== 'OnHold' && waitingFor === 'server';
  if (isAway && before.waitingFor !== 'server') told.push({ kind: 'server-away', trouble, at });
  const wasAway = before.waitingFor === 'server' && before.trouble !== null;
  const isBack = waitingFor !== 'server' && waitingFor !== 'resume' && waitingFor !== 'decision';
  if (wasAway && isBack) told.push({ kind: 'server-back', code: before.trouble.code, at });
  return told;
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
  const isFollowed = before.away !== undefined || after.away !== undefined;
  told.push(...(isFollowed ? toldOfServers : toldOfServersAnew)(before, after, at));
  const { promotion } = results;
  if (promotion !== undefined && promotion !== before.results.promotion) {
    told.push({ kind: 'training-done', promotion, gate: results.evaluation?.gate ?? null });
  }
  return told;
}
