import { ApplicationFailure, isCancellation, patched } from '@temporalio/workflow';
import type { FailureCode } from '../../contracts/failures.ts';
import type { IterationState } from '../../contracts/iteration.ts';
import type { LabelsRef, TaskRef } from '../../contracts/refs.ts';
import type { SubmissionRef, TrainingRef } from '../../contracts/training.ts';
import { serverIsBack } from '../away.ts';
import { failureOf } from '../failure-of.ts';
import { putBackOurs } from '../leave-no-worse.ts';
import { setDecisions } from '../set-decisions.ts';
import { askTraining, forgetEarlierTry, forgetModel, forgetTraining, isSettled, keep } from '../state.ts';
import { isKnownEnded, trainingNumber } from '../training-number.ts';
import { runStep } from '../step.ts';
import { inTurn, isOpen, returnTurn } from './take-turn.ts';
import { measureBefore } from './measure-before.ts';
import { recheckSeal } from './recheck-seal.ts';
import { skipUnasked } from './skip-unasked.ts';
import type { StepContext } from './step-context.ts';
import { endSkippedTraining } from './end-skipped-training.ts';

/** The sealed labels fine-tune the model. */
export async function train({ session, proxies }: StepContext): Promise<void> {
  const { input } = session;
  const { labels, task } = session.state.results;
  if (input.training === null || labels === undefined || task === undefined) return skipUnasked(session, 'train');
  if (isSettled(session.state, 'train')) return;
  const work = async (): Promise<'trained' | 'too late'> => {
    const submission = submissionUnderWay(session.state) ?? (await prepare({ session, proxies }, task, labels));
    if ((await trainToItsEnd({ session, proxies }, submission)) === 'too late') return 'too late';
    await requireUnchanged({ session, proxies }, submission);
    return 'trained';
  };
  if (session.state.ending === undefined) {
    const outcome = await runStep(session, 'train', async () => {
      // Where the window closed during the preparation it is waited for again, and nobody is held up.
      while ((await inTurn({ session, proxies }, work)) === 'too late') await returnTurn({ session, proxies });
    });
    if (outcome === 'done') return;
  }
  await endSkippedTraining({ session, proxies });
}

/**
 * What the training under way was given, which may be one of which it is not known whether it was accepted; null while there
 * is none. It must not be changed while it is read.
 */
function submissionUnderWay(state: IterationState): SubmissionRef | null {
  return state.trainingAsked === trainingNumber(state) ? (state.results.submission ?? null) : null;
}

/** All that happens before a training: labels and images are given to the trainer, and the model before is measured. */
async function prepare({ session, proxies }: StepContext, task: TaskRef, labels: LabelsRef): Promise<SubmissionRef> {
  const { id, input } = session;
  await endEarlierTry({ session, proxies });
  const corrections = await proxies.trainer.submitCorrections({ id, input, task });
  session.update((state, now) => keep(state, { corrections }, now));
  const decisions = setDecisions(session.state);
  const submission = await proxies.trainer.submitLabels({ id, input, task, labels, decisions });
  session.update((state, now) => keep(state, { submission }, now));
  await recheckSeal({ session, proxies });
  await measureBefore({ session, proxies }, submission);
  return submission;
}

/** A training of ours that was given up may still run, and may have published: neither is left to the next one, nor is its model. */
async function endEarlierTry(context: StepContext): Promise<void> {
  const { session, proxies } = context;
  const { id, input, firstRunId, state } = session;
  const { training: earlier, model } = state.results;
  if (earlier !== undefined) {
    const { tryNumber } = earlier;
    await proxies.stop.stopTraining({ id, input, firstRunId, tryNumber, hasEnded: isKnownEnded(state, tryNumber) });
  }
  const meanwhile = await putBackOurs(context);
  if (meanwhile === null && model === undefined && state.trainingAsked === undefined) return;
  if (patched('earlier-try-forgotten')) session.update((now) => forgetEarlierTry(now, meanwhile));
}

/** After these nothing of ours runs: what is there has to be looked at again before it begins. */
const NOT_BEGUN: readonly FailureCode[] = ['TrainingBusy', 'ModelChanged', 'TrainingSetDiffers'];

async function trainToItsEnd(context: StepContext, submission: SubmissionRef): Promise<'trained' | 'too late'> {
  const { session, proxies } = context;
  const { id, input } = session;
  try {
    const training = await ownTraining(context, submission);
    if (training === null) return 'too late';
    await seeAnswering(context);
    const { trainingSet: began, modelBefore } = session.state.results;
    const before = modelBefore?.checksum;
    const model = await proxies.watch.watchTraining({ id, input, training, began, before });
    session.update((state, now) => keep(state, { model }, now));
    return 'trained';
  } catch (error) {
    const wasAsked = session.state.trainingAsked === trainingNumber(session.state);
    if (isCancellation(error) || !wasAsked || !NOT_BEGUN.includes(failureOf(error).code)) throw error;
    // A run that its server has lost has published, perhaps, before another training came in its place.
    if (session.state.results.training?.tryNumber === trainingNumber(session.state)) await putBackOurs(context);
    session.update(forgetTraining);
    throw error;
  }
}

/** A watch lasts as long as the training: that the trainer answers again is seen before, and shown. */
async function seeAnswering({ session, proxies }: StepContext): Promise<void> {
  const { id, input, state } = session;
  if (state.away === undefined || state.trouble?.code === 'StoreUnreachable') return;
  await proxies.trainer.probeTrainer({ id, input });
  session.update(serverIsBack);
}

/**
 * The training; started once, however often the step begins again, and only on the set that was sealed. Null where its
 * window has closed meanwhile.
 */
async function ownTraining(context: StepContext, submission: SubmissionRef): Promise<TrainingRef | null> {
  const { session, proxies } = context;
  const { id, input, firstRunId } = session;
  const tryNumber = trainingNumber(session.state);
  const { training: known } = session.state.results;
  if (known?.tryNumber === tryNumber) return known;
  const isAsked = session.state.trainingAsked === tryNumber;
  if (!isAsked) {
    const decisions = setDecisions(session.state);
    const trainingSet = await proxies.trainer.checkTrainingSet({ id, input, submission, decisions });
    session.update((state, now) => keep(forgetModel(state), { trainingSet }, now));
    if (!(await isOpen(context))) return null;
    session.update((state) => askTraining(state, tryNumber));
  }
  const { modelBefore, trainingSet: began } = session.state.results;
  const own = { firstRunId, tryNumber, before: modelBefore?.checksum };
  const training = await proxies.trainer.startTraining({ id, input, submission, ...own, began, isAsked });
  session.update((state, now) => keep(state, { training }, now));
  return training;
}

/** What was trained on has to be the same after the training; a person decides what a model is worth where it is not. */
async function requireUnchanged({ session, proxies }: StepContext, submission: SubmissionRef): Promise<void> {
  const { id, input } = session;
  const { trainingSet: began } = session.state.results;
  if (began === undefined) throw new Error('the training set was not compared before the training');
  const trainingSetAfter = await proxies.trainer.checkTrainingSet({ id, input, submission, began });
  session.update((state, now) => keep(state, { trainingSetAfter }, now));
  const { differs } = trainingSetAfter;
  if (differs === undefined) return;
  const { count, first, list } = differs;
  const example = first[0] === undefined ? '' : `; ${first[0]}`;
  throw ApplicationFailure.nonRetryable(
    `${count} labels in the trainer are not what the training began with${example}.`,
    'TrainingSetChanged',
    { count, first, list: list.uri },
  );
}
