import { isCancellation, setHandler } from '@temporalio/workflow';
import type { LoopAnswer } from '../../contracts/loop.ts';
import {
  answerLoopUpdate,
  beginUpdate,
  editLoopUpdate,
  loopStatusQuery,
  pauseLoopSignal,
  resumeLoopSignal,
  stopLoopUpdate,
} from '../../contracts/loop-messages.ts';
import { askIterationSignal } from '../../contracts/schedule-messages.ts';
import { wakeSignal, type Sender } from '../../contracts/messages.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import { failureOf } from '../failure-of.ts';
import { nameOf, refusal } from '../session.ts';
import { wish, type WishAnswer } from './begin-wish.ts';
import type { LoopContext } from './loop-context.ts';
import type { LoopSession } from './loop-session.ts';
import { answered, choicesOf, edit, editedFrom, setPaused, stopBy } from './loop-state.ts';

/** The messages that steer a loop. */
export function handleLoopMessages(context: LoopContext): void {
  const { session } = context;
  const who = (sender: Partial<Sender> | undefined) => ({ by: nameOf(sender), at: session.now() });
  setHandler(loopStatusQuery, () => session.status);
  setHandler(pauseLoopSignal, (sender) => session.update((state) => setPaused(state, true, who(sender))));
  setHandler(resumeLoopSignal, (sender) => session.update((state) => setPaused(state, false, who(sender))));
  setHandler(wakeSignal, () => {
    session.retryNow = true;
  });
  setHandler(stopLoopUpdate, (asked) => session.update((state) => stopBy(state, who(asked), asked.note)), {
    validator: (_: Sender) => requireGoingOn(session),
  });
  setHandler(editLoopUpdate, async (asked) => takeEdit(context, asked), {
    validator: (_: Sender) => requireGoingOn(session),
  });
  setHandler(answerLoopUpdate, (asked) => answer(session, asked), {
    validator: ({ answer: given }: { readonly answer: LoopAnswer }) => requireAsked(session, given),
  });
  setHandler(beginUpdate, (asked) => begin(session, { ...who(asked), overlap: asked.overlap, reply: null }));
  setHandler(askIterationSignal, ({ reply, overlap }) => {
    const told = begin(session, { by: reply, at: session.now(), overlap, reply });
    if (told.outcome === 'skipped') session.reply(reply, { outcome: 'skipped', why: told.why });
  });
}

function requireGoingOn({ id, state: { end, phase } }: LoopSession): void {
  if (end === null && phase !== 'stopped') return;
  throw refusal('LoopEnds', `${id} ${phase === 'stopped' ? 'has ended' : `ends: ${end?.words || 'it was stopped'}`}.`);
}

function requireAsked({ id, state }: LoopSession, given: LoopAnswer): void {
  const choices = choicesOf(state);
  if (choices.includes(given)) return;
  const may = choices.length === 0 ? 'it asks nothing' : `it takes ${choices.join(', ')}`;
  throw refusal('NothingAsked', `${id} takes no answer "${given}" now: ${may}; it is ${state.phase}.`);
}

/** The policy is looked at by a worker, since only the store has it. */
async function takeEdit(
  { session, proxies }: LoopContext,
  { by, policy }: Sender & { readonly policy: ArtifactRef },
): Promise<{ readonly from: number; readonly changes: string }> {
  const now = session.state.edited ?? session.state.policy;
  const { changes } = await checked(() => proxies.check.checkPolicy({ loop: session.input, policy, now }));
  requireGoingOn(session);
  const from = editedFrom(session.state);
  session.update((state, at) => edit(state, policy, { by: nameOf({ by }), at }, changes));
  return { from, changes };
}

/** What an update fails with is told to its sender; it is no failure of the loop. */
async function checked<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (isCancellation(error)) throw error;
    const { code, message } = failureOf(error);
    throw refusal(code, message);
  }
}

function answer(session: LoopSession, asked: Sender & { readonly answer: LoopAnswer }): void {
  session.retryNow = true;
  session.update((state, at) => answered(state, asked.answer, { by: nameOf(asked), at }));
}

function begin(session: LoopSession, asked: Parameters<typeof wish>[1]): WishAnswer {
  const { state, answer: told } = wish(session.state, asked);
  session.update(() => state);
  return told;
}
