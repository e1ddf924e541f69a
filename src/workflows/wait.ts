import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import { IDLE_BEFORE_SHARED_MS, type SharedJobs } from '../contracts/deadline.ts';
import type { TaskRef } from '../contracts/refs.ts';
import { meetTrouble, serverIsBack } from './away.ts';
import { moreTimeLeft } from './deadline-now.ts';
import { failureOf, type StepFailure } from './failure-of.ts';
import type { Proxies } from './proxies.ts';
import type { Session } from './session.ts';
import { keep } from './state.ts';
import { runStep } from './step.ts';
import { giveMoreTime, isOverdue, relieveInReview, rememberReview, shareAgain, waitTerms } from './wait-state.ts';

interface Context {
  readonly session: Session;
  readonly proxies: Proxies;
}

/** Waits until people are done: by polls that write no history, begun anew by wake-ups and decisions. */
export async function awaitCompletion(context: Context): Promise<void> {
  const { session } = context;
  const hands: Hands = { areBusy: false };
  const work = async (): Promise<void> => {
    session.woken = false;
    const task = await knownTask(context);
    if (session.state.waitingFor === 'server') await probe(context, task);
    await poll(context, task, hands);
  };
  // Our own changes to jobs wake us as well.
  const isWanted = (): boolean => session.woken || (session.decision !== null && isOverdue(session.state));
  await runStep(session, 'wait', work, () => !hands.areBusy && isWanted());
}

/** True while we change jobs in CVAT. */
interface Hands {
  areBusy: boolean;
}

async function poll(context: Context, task: TaskRef, hands: Hands): Promise<void> {
  const { session, proxies } = context;
  const { id, input } = session;
  for (;;) {
    try {
      const terms = waitTerms(input, session.state);
      const completion = await proxies.poll.checkCompletion({ id, input, task, terms });
      const { deadlines } = session.state.wait ?? {};
      const ended = deadlines === undefined ? completion : { ...completion, deadlines };
      session.update((state, now) => keep(state, { completion: ended }, now));
      return;
    } catch (error) {
      if (isCancellation(error)) throw error;
      const failure = failureOf(error);
      if (failure.code === 'HandOverDue') {
        await whileBusy(hands, () => handOver(context, task));
        await beginAgain();
      } else if (failure.code === 'SharingDue') {
        const people = input.completion.deadline?.more?.people ?? [];
        const shared = await whileBusy(hands, () => share(context, task, people));
        session.update((state) => shareAgain(state, shared));
        await beginAgain();
      } else if (failure.code === 'DeadlinePassed') await passDeadline(context, task, { failure, hands });
      else throw error;
    }
  }
}

/** Nothing interrupts what changes jobs: it wakes us itself. */
async function whileBusy<T>(hands: Hands, work: () => Promise<T>): Promise<T> {
  hands.areBusy = true;
  try {
    return await work();
  } finally {
    hands.areBusy = false;
  }
}

/**
 * Gives people more time where that was agreed to at the start. Else a person has to decide, but people may complete the rest
 * meanwhile: that is still waited for.
 */
async function passDeadline(
  { session, proxies }: Context,
  task: TaskRef,
  { failure, hands }: { readonly failure: StepFailure; readonly hands: Hands },
): Promise<void> {
  const { input } = session;
  const more = moreTimeLeft(input, session.state);
  if (more === null) return session.update((state, now) => meetTrouble(state, failure, now));
  const { people } = more;
  const shared = people.length === 0 ? null : await whileBusy(hands, () => share({ session, proxies }, task, people));
  session.update((state, now) => giveMoreTime(relieveInReview(state, people), input, { more, shared }, now));
}

/** Gives jobs of others to the named people, but for those that somebody works in. */
async function share({ session, proxies }: Context, task: TaskRef, people: readonly string[]): Promise<SharedJobs> {
  const { id, input } = session;
  return proxies.cvat.shareOpenJobs({ id, input, task, people, idleMs: IDLE_BEFORE_SHARED_MS });
}

/** Interrupts the step, so that it begins again, in a new run where the history has become long. */
async function beginAgain(): Promise<void> {
  CancellationScope.current().cancel();
  await condition(() => false);
}

/** Hands jobs from one person to the next; whose they were is remembered before. */
async function handOver({ session, proxies }: Context, task: TaskRef): Promise<void> {
  const { id, input } = session;
  const plan = await proxies.cvat.planHandOver({ id, input, task, review: session.state.wait?.review ?? null });
  session.update((state) => rememberReview(state, plan.review));
  const { done } = plan.handOvers.length === 0 ? { done: [] } : await proxies.cvat.handOver({ id, input, task, plan });
  // Somebody changes the same jobs, or the plan has picked the jobs only: it is looked at again soon, not at once.
  if (done.length === 0) await condition(() => session.woken, input.completion.pollMs);
}

/** After an outage of CVAT one read tells whether it is back: a poll would not end for that. */
async function probe({ session, proxies }: Context, task: TaskRef): Promise<void> {
  const { id, input } = session;
  try {
    await proxies.probe.checkCompletion({ id, input, task, terms: waitTerms(input, session.state) });
  } catch (error) {
    if (isCancellation(error)) throw error;
    const { code } = failureOf(error);
    if (code !== 'AnnotationPending' && code !== 'HandOverDue' && code !== 'SharingDue' && code !== 'DeadlinePassed')
      throw error;
  }
  session.update(serverIsBack);
}

/** The task; found again where the upload was skipped before it was known. */
export async function knownTask({ session, proxies }: Context): Promise<TaskRef> {
  const { id, input } = session;
  const { task: known } = session.state.results;
  if (known !== undefined) return known;
  const task = await proxies.cvat.ensureTask({ id, input });
  session.update((state, now) => keep(state, { task }, now));
  return task;
}
