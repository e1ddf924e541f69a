import { ApplicationFailure, CancellationScope, isCancellation, patched } from '@temporalio/workflow';
import { reopen, settle } from '../state.ts';
import { ENDED_TRAININGS } from '../training-number.ts';
import type { IterationState } from '../../contracts/iteration.ts';
import { failureOf } from '../failure-of.ts';
import { runStep } from '../step.ts';
import type { StepContext } from './step-context.ts';
import { endOwnTrainings, stopOwnTraining, whyNot } from './stop-own-training.ts';

/** Whether a training of ours may run after the step was skipped: it was asked for, and is not what had ended. */
function mayStillTrain({ trainingAsked, decisions }: IterationState): boolean {
  const skipped = decisions.findLast(({ what, step }) => what === 'skip' && step === 'train');
  return trainingAsked !== undefined && !ENDED_TRAININGS.includes(skipped?.about ?? null);
}

/**
 * Whoever goes on without a model leaves no training behind that would publish one: the step goes on, and the turn is kept,
 * until it has ended. Where it cannot be ended a person decides once more, and a second `skip` is on the receipt.
 */
export async function endSkippedTraining(context: StepContext): Promise<void> {
  const { session } = context;
  if (session.state.ending === undefined) {
    if (!mayStillTrain(session.state)) return;
    if (!patched('skip-ends-training')) return CancellationScope.nonCancellable(() => stopOwnTraining(context));
    session.update((state) => ({ ...reopen(state, 'train'), ending: { runsOn: null } }));
  }
  const outcome = await runStep(session, 'train', async () => end(context));
  if (outcome === 'skipped') return;
  session.update((state, now) => {
    const { ending: _, ...rest } = state;
    return settle(reopen(rest, 'train'), 'train', 'skipped', now);
  });
}

/** @throws a failure `TrainingRunsOn` whatever keeps the training from being ended, but for a server that is held */
async function end({ session, proxies }: StepContext): Promise<void> {
  try {
    await endOwnTrainings({ session }, proxies.trainer);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const { code, message, facts } = failureOf(error);
    // A server that is held is waited for, and nobody is asked.
    if (code === 'OnHold') throw error;
    session.update((state) => ({ ...state, ending: { runsOn: whyNot(code, message) } }));
    throw ApplicationFailure.nonRetryable(
      `The training was skipped, could not be ended, and may still publish a model that nobody has decided on (${whyNot(code, message)}).`,
      'TrainingRunsOn',
      { ...facts, because: code },
    );
  }
}
