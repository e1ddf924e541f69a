import { isCancellation, log } from '@temporalio/workflow';
import type { FailureCode } from '../contracts/failures.ts';
import { type PromotionRef, DEFAULT_GATE } from '../contracts/gate.ts';
import type { IterationState } from '../contracts/iteration.ts';
import { isOutage } from './away.ts';
import { failureOf, type StepFailure } from './failure-of.ts';
import { isUndecided } from './gate-state.ts';
import { keep } from './state.ts';
import { ENDED_TRAININGS, trainingNumber } from './training-number.ts';
import type { StepContext } from './steps/step-context.ts';
import { throughHold } from './through-hold.ts';

/** These say that there is nothing to put back, or nothing that we may. */
const IN_ORDER: readonly (FailureCode | undefined)[] = ['ModelWaits', 'ModelReplaced'];

/**
 * Publishes the model from before while the iteration stops for a person, however long that may be. It is best done and
 * not waited for long: where the server is away, what ends the iteration does it again. Without the turn nothing of the
 * iteration's is published, and another one may be at work.
 *
 * @returns `away` or `not known` where a model that nobody has decided on may still be published; `away` where that is for a
 *   server that does not answer or is held
 */
export async function leaveNoWorseMeanwhile(context: StepContext): Promise<'in order' | 'away' | 'not known'> {
  const { session } = context;
  const { step, trouble, results, turn } = session.state;
  // A model is known from the end of its training on, also where what it was trained on has changed meanwhile.
  const hasEnded = step === 'train' && (ENDED_TRAININGS.includes(trouble?.code ?? null) || results.model !== undefined);
  const isDue = step === 'evaluate' ? !IN_ORDER.includes(trouble?.code) : hasEnded;
  if (turn?.hasTurn !== true || !isDue || !isUndecided(session.state)) return 'in order';
  const failed = await attempt(context, async () => {
    const meanwhile = await putBack(context, 'trainer', 'undecided', null);
    session.update((now) => ({ ...now, meanwhile }));
  });
  if (failed?.code === 'ModelReplaced')
    session.update((now, time) => ({ ...now, meanwhile: notKnown(context, failed.message, time) }));
  if (failed === null || failed.code === 'ModelReplaced') return 'in order';
  return isOutage(failed) ? 'away' : 'not known';
}

/**
 * Publishes the model from before where the iteration goes on or ends without a decision, and keeps what became of it.
 * Without the turn others may be at work: what was done as it was given back is what became of it. A hold of the trainer is
 * waited out.
 */
export async function leaveNoWorse(context: StepContext): Promise<void> {
  const { session } = context;
  const { results, turn, meanwhile } = session.state;
  if (!isUndecided(session.state)) return;
  if (turn?.hasTurn !== true && (meanwhile !== undefined || results.model === undefined)) {
    if (meanwhile !== undefined) session.update((now, time) => keep(now, { promotion: meanwhile }, time));
    return;
  }
  const failed = await attempt(context, async () => {
    const promotion = await throughHold(context, () => putBack(context, 'stop', 'undecided', null));
    session.update((now, time) => keep(now, { promotion: asFarAsKnown(now, promotion) }, time));
  });
  if (failed !== null)
    session.update((now, time) => keep(now, { promotion: notKnown(context, failed.message, time) }, time));
}

/**
 * Publishes the model from before where another training of the iteration is to follow. Whatever the one before it has
 * published, nobody has decided on it; what is somebody else's stays, and is asked about where the model before is measured.
 *
 * @returns what is published then; null where there was nothing to see to
 */
export async function putBackOurs(context: StepContext): Promise<PromotionRef | null> {
  const { session } = context;
  if (!isUndecided(session.state)) return null;
  try {
    return await putBack(context, 'trainer', 'undecided', null);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const { code, message } = failureOf(error);
    if (code !== 'ModelReplaced') throw error;
    return notKnown(context, message, session.now());
  }
}

/** Publishes the model from before; see `putBackModel`. */
export async function putBack(
  { session, proxies }: StepContext,
  patience: 'trainer' | 'stop',
  why: 'put back' | 'waits' | 'declined' | 'undecided',
  by: string | null,
): Promise<PromotionRef> {
  const { id, input, firstRunId, state } = session;
  const { modelBefore: before, training, model = null, evaluation = null } = state.results;
  if (before === undefined) throw new Error('no model was measured before the training');
  // What the newest training has published is ours, also after a decision to train again.
  const own = { firstRunId, tryNumber: training?.tryNumber ?? trainingNumber(state) };
  return proxies[patience].putBackModel({ id, input, ...own, before, model, evaluation, why, by });
}

/** What kept it from being done; null if it was done. */
async function attempt({ session }: StepContext, work: () => Promise<unknown>): Promise<StepFailure | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (isCancellation(error)) throw error;
    const failure = failureOf(error);
    log.warn('The model from before could not be published again', { iteration: session.id, reason: failure.message });
    return failure;
  }
}

/** What was put back stays published only if no training of ours may come after it. */
function asFarAsKnown({ ending }: IterationState, promotion: PromotionRef): PromotionRef {
  if (ending?.runsOn == null) return promotion;
  const reasons = [
    `nothing was decided, and a training that could not be ended may still publish a model that nobody has decided on (${ending.runsOn})`,
  ];
  return { ...promotion, reasons, outcome: 'not known', published: null };
}

function notKnown({ session }: StepContext, failed: string, at: string): PromotionRef {
  const { policy } = session.input.training?.gate ?? DEFAULT_GATE;
  const checksum = session.state.results.model?.checksum ?? 'none';
  const reasons = [
    `nothing was decided, and the model from before could not be published again: ${failed.slice(0, 500)}`,
  ];
  return { policy, verdict: 'not measured', reasons, outcome: 'not known', checksum, published: null, by: null, at };
}
