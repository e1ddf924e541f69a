import { setHandler } from '@temporalio/workflow';
import { declineUpdate, type Sender } from '../contracts/messages.ts';
import { answer, asksAboutModel } from './gate-state.ts';
import { nameOf, refusal, type Session } from './session.ts';
import { decide } from './state.ts';
import { whereItIs } from './where-it-is.ts';

/** Takes a person's `decline`; `approve` comes with the messages of the wait, where it has more meanings. */
export function handleGateMessages(session: Session): void {
  setHandler(declineUpdate, (sender) => answerModel(session, 'decline', nameOf(sender)), {
    validator: (_: Sender) => {
      const { id, state, decision } = session;
      if (decision === null && state.cancelled === undefined && asksAboutModel(state)) return;
      throw refusal('NotApprovable', `${id} has no model that could be declined; ${whereItIs(state)}.`);
    },
  });
}

/** Keeps the answer and lets the step go on. */
export function answerModel(session: Session, what: 'approve' | 'decline', by: string): void {
  const checksum = session.state.results.model?.checksum;
  session.update((state, now) => answer(decide(state, what, by, now, checksum), what, by));
  session.decision = 'retry';
}
