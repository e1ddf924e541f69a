import { isCancellation, setHandler } from '@temporalio/workflow';
import { approveUpdate, extendUpdate, reassignUpdate, type Extension, type Sender } from '../contracts/messages.ts';
import { isOnlyObserved } from '../contracts/only-observed.ts';
import type { Reassignment } from '../contracts/waiting.ts';
import { failureOf } from './failure-of.ts';
import type { Proxies } from './proxies.ts';
import { nameOf, refusal, type Session } from './session.ts';
import { approvalOf, isApprovableSet } from './set-decisions.ts';
import { asksAboutModel } from './gate-state.ts';
import { answerModel } from './steer-gate.ts';
import { decide, isSettled } from './state.ts';
import { deadlineOf } from './deadline-now.ts';
import { approve, extend, extendedDeadline, inheritReview, isApprovable } from './wait-state.ts';
import { whereItIs } from './where-it-is.ts';

/** Takes the messages about people, their time and their jobs. */
export function handleWaitMessages({ session, proxies }: { session: Session; proxies: Proxies }): void {
  setHandler(extendUpdate, (asked) => extendDeadline(session, asked), {
    validator: (asked: Sender & Extension) => {
      requireWaiting(session);
      newDeadline(session, asked);
    },
  });
  setHandler(approveUpdate, (asked) => letPass(session, asked), { validator: (_) => requireApprovable(session) });
  setHandler(reassignUpdate, (asked) => reassign(session, proxies, asked), {
    validator: (_) => {
      requireWaiting(session);
      requireOurs(session);
      if (session.state.results.task === undefined) {
        throw refusal('NotWaiting', `${session.id} has no task in CVAT yet.`);
      }
    },
  });
}

function requireWaiting({ id, state }: Session): void {
  if (state.step !== 'done' && !isSettled(state, 'wait') && state.cancelled === undefined) return;
  throw refusal('NotWaiting', `${id} no longer waits for people; ${whereItIs(state)}.`);
}

function requireOurs({ id, input }: Session): void {
  if (!isOnlyObserved(input)) return;
  throw refusal('OnlyObserved', `${id} was started to observe its task (--as-is): no job is given to anybody.`);
}

function requireApprovable({ id, state, decision }: Session): void {
  const isOpen = decision === null && state.cancelled === undefined;
  if (isOpen && (isApprovable(state) || isApprovableSet(state) || asksAboutModel(state))) return;
  throw refusal('NotApprovable', `${id} has nothing that could be approved; ${whereItIs(state)}.`);
}

function newDeadline(session: Session, asked: Extension): string {
  const current = deadlineOf(session.input, session.state);
  const deadline = extendedDeadline(current, asked, session.now());
  if (deadline !== null) return deadline;
  throw refusal('DeadlineNotLater', `The new deadline of ${session.id} would not be in the future.`);
}

function extendDeadline(session: Session, asked: Sender & Extension): { readonly deadline: string } {
  const deadline = newDeadline(session, asked);
  session.update((state, now) =>
    extend(decide(state, 'extend', nameOf(asked), now, `until ${deadline}`), deadline, now),
  );
  session.woken = true;
  return { deadline };
}

function letPass(session: Session, asked: Sender & { readonly carry: boolean }): void {
  if (isApprovableSet(session.state)) {
    session.update((state, now) => decide(state, 'approve', nameOf(asked), now, approvalOf(state)));
    session.decision = 'retry';
    return;
  }
  if (asksAboutModel(session.state)) return answerModel(session, 'approve', nameOf(asked));
  const detail = asked.carry ? 'unfinished frames carried' : undefined;
  session.update((state, now) => approve(decide(state, 'approve', nameOf(asked), now, detail), asked, now));
  // Where the step has failed it is done again; where a poll still runs it begins anew.
  session.decision = 'retry';
  session.woken = true;
}

async function reassign(
  session: Session,
  proxies: Proxies,
  asked: Sender & Reassignment,
): Promise<{ readonly jobs: readonly number[] }> {
  const { id, input } = session;
  const { task } = session.state.results;
  if (task === undefined) throw refusal('NotWaiting', `${id} has no task in CVAT yet.`);
  const { from, to, job } = asked;
  const reassignment = { from, to, job };
  const review = session.state.wait?.review ?? null;
  try {
    const { jobs } = await proxies.reassign.reassignJobs({ id, input, task, reassignment, review });
    const detail = `${from} to ${to}: ${jobs.length === 1 ? 'job' : 'jobs'} ${jobs.slice(0, 20).join(', ')}`;
    session.update((state, now) => {
      return inheritReview(decide(state, 'reassign', nameOf(asked), now, detail), reassignment);
    });
    return { jobs };
  } catch (error) {
    if (isCancellation(error)) throw error;
    const { code, message } = failureOf(error);
    throw refusal(code, message);
  }
}
