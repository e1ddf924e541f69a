import { ApplicationFailure, CancellationScope, isCancellation } from '@temporalio/workflow';
import type { IterationState } from '../../contracts/iteration.ts';
import type { SubmissionRef, TrainingRef } from '../../contracts/training.ts';
import { failureOf } from '../failure-of.ts';
import { setDecisions } from '../set-decisions.ts';
import { ENDED_TRAININGS, forgetModel, forgetTraining, isSettled, keep, trainingNumber } from '../state.ts';
import { runStep } from '../step.ts';
import { inTurn } from './take-turn.ts';
import { measureBefore } from './measure-before.ts';
import { recheckSeal } from './recheck-seal.ts';
import { skipUnasked } from './skip-unasked.ts';
import type { StepContext } from './step-context.ts';
import { stopOwnTraining } from './stop-own-training.ts';

/** The sealed labels fine-tune the model. */
export async function train({ session, proxies }: StepContext): Promise<void> {
  const { id, input } = session;
  const { labels, task } = session.state.results;
  if (input.training === null || labels === undefined || task === undefined) return skipUnasked(session, 'train');
  if (isSettled(session.state, 'train')) return;
  const work = async (): Promise<void> => {
    const corrections = await proxies.trainer.submitCorrections({ id, input, task });
    session.update((state, now) => keep(state, { corrections }, now));
    const decisions = setDecisions(session.state);
    const submission = await proxies.trainer.submitLabels({ id, input, task, labels, decisions });
    session.update((state, now) => keep(state, { submission }, now));
    await recheckSeal({ session, proxies });
    await measureBefore({ session, proxies }, submission);
    const training = await ownTraining({ session, proxies }, submission);
    await followToItsEnd({ session, proxies }, training);
    await requireUnchanged({ session, proxies }, submission);
  };
  const outcome = await runStep(session, 'train', () => inTurn({ session, proxies }, work));
  // Whoever goes on without a model leaves no training behind that would publish one.
  if (outcome === 'skipped' && mayStillTrain(session.state)) {
    await CancellationScope.nonCancellable(() => stopOwnTraining({ session, proxies }));
  }
}

/** Whether a training of ours may run after the step was skipped: it was started, and is not what had ended. */
function mayStillTrain({ results, decisions }: IterationState): boolean {
  const skipped = decisions.findLast(({ what, step }) => what === 'skip' && step === 'train');
  return results.training !== undefined && !ENDED_TRAININGS.includes(skipped?.about ?? null);
}

/** The training; started once, however often the step begins again, and only on the set that was sealed. */
async function ownTraining({ session, proxies }: StepContext, submission: SubmissionRef): Promise<TrainingRef> {
  const { id, input, firstRunId } = session;
  const tryNumber = trainingNumber(session.state);
  const { training: known } = session.state.results;
  if (known?.tryNumber === tryNumber) return known;
  const decisions = setDecisions(session.state);
  const trainingSet = await proxies.trainer.checkTrainingSet({ id, input, submission, decisions });
  session.update((state, now) => keep(forgetModel(state), { trainingSet }, now));
  const training = await proxies.trainer.startTraining({ id, input, submission, firstRunId, tryNumber });
  session.update((state, now) => keep(state, { training }, now));
  return training;
}

async function followToItsEnd({ session, proxies }: StepContext, training: TrainingRef): Promise<void> {
  const { id, input } = session;
  try {
    const model = await proxies.watch.watchTraining({ id, input, training });
    session.update((state, now) => keep(state, { model }, now));
  } catch (error) {
    // It has given way to another one: what that leaves behind has to be looked at before ours begins again.
    if (!isCancellation(error) && failureOf(error).code === 'TrainingBusy') session.update(forgetTraining);
    throw error;
  }
}

/** What was trained on has to be the same after the training; a person decides what a model is worth where it is not. */
async function requireUnchanged({ session, proxies }: StepContext, submission: SubmissionRef): Promise<void> {
  const { id, input } = session;
  const trainingSetAfter = await proxies.trainer.checkTrainingSet({ id, input, submission, after: true });
  session.update((state, now) => keep(state, { trainingSetAfter }, now));
  const { differs } = trainingSetAfter;
  if (differs === undefined) return;
  const { count, first, list } = differs;
  const example = first[0] === undefined ? '' : `; ${first[0]}`;
  throw ApplicationFailure.nonRetryable(
    `${count} labels in MONAI Label are not what the training began with${example}.`,
    'TrainingSetChanged',
    { count, first, list: list.uri },
  );
}
