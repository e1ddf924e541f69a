import { ApplicationFailure, CancellationScope, isCancellation, patched, workflowInfo } from '@temporalio/workflow';
import type { StepName } from '../contracts/iteration.ts';
import type {
  DatasetRef,
  GuardRef,
  ImportRef,
  ReceiptRef,
  SubmissionRef,
  TaskRef,
  TrainingRef,
} from '../contracts/refs.ts';
import type { SealRef } from '../contracts/seal.ts';
import { failureOf } from './failure-of.ts';
import type { Proxies } from './proxies.ts';
import type { Session } from './session.ts';
import { decide, forgetGuard, forgetImport, isSettled, keep, reopen, settle, trainingNumber } from './state.ts';
import { runStep } from './step.ts';
import { awaitCompletion, knownTask } from './wait.ts';
import { rememberReopened } from './wait-state.ts';

export interface StepContext {
  readonly session: Session;
  readonly proxies: Proxies;
}

/** The pre-annotations reach the task, if it holds nothing else, and its jobs the people who correct them. Without a dataset only the task is made sure of. */
export async function upload({ session, proxies }: StepContext): Promise<void> {
  const { id, input } = session;
  if (input.masks === null && input.training === null) return skipUnasked(session, 'upload');
  await runStep(session, 'upload', async () => {
    if (input.training !== null) await proxies.monai.checkModel({ id, input });
    if (input.masks === null) return;
    const people = input.people.length === 0 ? [] : await proxies.cvat.findPeople({ id, input });
    const task = await proxies.cvat.ensureTask({ id, input });
    forgetOther(session, task);
    session.update((state, now) => keep(state, { task }, now));
    const { dataset } = session.state.results;
    const labelTable = await proxies.cvat.matchLabels({ id, input, task, dataset: dataset ?? null });
    session.update((state, now) => keep(state, { labelTable }, now));
    if (dataset !== undefined) await importOnce({ session, proxies }, task, dataset);
    if (people.length === 0) return;
    const assignment = await proxies.cvat.assignJobs({ id, input, task, people });
    session.update((state, now) => keep(state, { assignment }, now));
  });
}

/** What was imported into another task, which was there before this one, is not in it. */
function forgetOther(session: Session, { taskId }: TaskRef): void {
  const { task: before, imported } = session.state.results;
  if (imported === undefined || before?.taskId === taskId || !patched('import-once')) return;
  session.update(forgetImport);
}

/** An import that is kept was verified: what people do in the task afterwards is no reason to make it again. */
async function importOnce({ session, proxies }: StepContext, task: TaskRef, dataset: DatasetRef): Promise<void> {
  const { id, input } = session;
  if (session.state.results.imported !== undefined && patched('import-once')) return;
  const guard = await guarded({ session, proxies }, task, dataset);
  const sent = await proxies.cvat.importPreannotations({ id, input, task, dataset, guard });
  const imported = await verified({ session, proxies }, { task, dataset, imported: sent });
  session.update((state, now) => keep(state, { imported }, now));
}

/** What the task held before the first import; looked at once, since afterwards it holds what we sent. */
async function guarded({ session, proxies }: StepContext, task: TaskRef, dataset: DatasetRef): Promise<GuardRef> {
  const { id, input } = session;
  const { guard: known } = session.state.results;
  if (known !== undefined) return known;
  const { agreed } = session.state;
  const again = agreed === undefined ? {} : { agreed };
  const guard = await proxies.cvat.guardTask({ id, input, task, dataset, ...again });
  session.update((state, now) => keep(state, { guard }, now));
  const isDecision = guard.holds === 'people' && agreed === undefined;
  if (isDecision) session.update((state, now) => decide(state, 'overwrite', session.startedBy, now));
  return guard;
}

/** An import that is found wrong may have been undone, so that what the guard noted holds no more. */
async function verified(
  { session, proxies }: StepContext,
  sent: { task: TaskRef; dataset: DatasetRef; imported: ImportRef },
): Promise<ImportRef> {
  const { id, input } = session;
  try {
    return await proxies.cvat.verifyImport({ id, input, ...sent });
  } catch (error) {
    if (!isCancellation(error) && failureOf(error).code === 'ImportNotVerified') session.update(forgetGuard);
    throw error;
  }
}

/** Waits until people have completed the task, then freezes its labels; a reopened job is waited for again. */
export async function collect(context: StepContext): Promise<void> {
  for (;;) {
    await awaitCompletion(context);
    if ((await sealWhenQuiet(context)) === 'sealed') return;
  }
}

async function sealWhenQuiet(context: StepContext): Promise<'sealed' | 'reopened'> {
  const { session } = context;
  let reopened = false;
  const work = async (): Promise<void> => {
    try {
      await sealAndExport(context);
    } catch (error) {
      const failure = isCancellation(error) ? null : failureOf(error);
      if (failure?.code !== 'TaskReopened' && failure?.code !== 'LabelsChanging') throw error;
      if (failure.code === 'TaskReopened') session.update((state) => rememberReopened(state, failure.facts));
      reopened = true;
    }
  };
  await runStep(session, 'collect', work, () => session.awaitsQuiet && session.sealNow);
  session.sealNow = false;
  if (!reopened) return 'sealed';
  session.update((state) => reopen(reopen(state, 'wait'), 'collect'));
  return 'reopened';
}

/** Whatever made the step begin again, what is in CVAT then is what counts: it is sealed anew. */
async function sealAndExport({ session, proxies }: StepContext): Promise<void> {
  const { id, input } = session;
  const task = await knownTask({ session, proxies });
  const { completion } = session.state.results;
  const review = session.state.wait?.review;
  const sealed = {
    id,
    input,
    task,
    ...(completion === undefined ? {} : { completion }),
    ...(review === undefined ? {} : { review }),
  };
  session.awaitsQuiet = true;
  try {
    if (!session.sealNow) await proxies.quiet.awaitQuiet(sealed);
  } finally {
    session.awaitsQuiet = false;
  }
  const seal = await proxies.cvat.sealLabels(sealed);
  session.update((state, now) => keep(state, { seal }, now));
  const labels = await proxies.cvat.exportLabels({ ...sealed, seal });
  session.update((state, now) => keep(state, { labels }, now));
  await compare({ session, proxies }, seal);
}

/** What people changed of the pre-annotations. It stops nothing: without it the receipt says why. */
async function compare({ session, proxies }: StepContext, seal: SealRef): Promise<void> {
  const { id, input } = session;
  const { dataset, imported } = session.state.results;
  if (dataset === undefined || imported === undefined) return;
  try {
    const comparison = await proxies.check.compareLabels({ id, input, dataset, imported, seal });
    session.update((state, now) => keep(state, { comparison }, now));
  } catch (error) {
    if (isCancellation(error)) throw error;
    session.update((state, now) => keep(state, { comparison: { failed: failureOf(error).code } }, now));
  }
}

/** Notes what people changed after the seal. It stops nothing: training goes on with what was sealed. */
async function recheckSeal({ session, proxies }: StepContext): Promise<void> {
  const { id, input } = session;
  const { seal: sealed, task } = session.state.results;
  if (sealed === undefined || task === undefined) return;
  try {
    const sealCheck = await proxies.check.checkSeal({ id, input, task, seal: sealed });
    session.update((state, now) => keep(state, { sealCheck }, now));
  } catch (error) {
    if (isCancellation(error)) throw error;
    const unchecked = { checkedAt: session.now(), edits: 0, first: [], list: null, unchecked: failureOf(error).code };
    session.update((state, now) => keep(state, { sealCheck: unchecked }, now));
  }
}

/** The sealed labels fine-tune the model. */
export async function train({ session, proxies }: StepContext): Promise<void> {
  const { id, input } = session;
  const { labels, task } = session.state.results;
  if (input.training === null || labels === undefined || task === undefined) return skipUnasked(session, 'train');
  await runStep(session, 'train', async () => {
    const submission = await proxies.monai.submitLabels({ id, input, task, labels });
    session.update((state, now) => keep(state, { submission }, now));
    await recheckSeal({ session, proxies });
    const training = await ownTraining({ session, proxies }, submission);
    const model = await proxies.watch.watchTraining({ id, input, training });
    session.update((state, now) => keep(state, { model }, now));
  });
}

/** The training; started once, however often the step begins again. */
async function ownTraining({ session, proxies }: StepContext, submission: SubmissionRef): Promise<TrainingRef> {
  const { id, input, firstRunId } = session;
  const tryNumber = trainingNumber(session.state);
  const { training: known } = session.state.results;
  if (known?.tryNumber === tryNumber) return known;
  const training = await proxies.monai.startTraining({ id, input, submission, firstRunId, tryNumber });
  session.update((state, now) => keep(state, { training }, now));
  return training;
}

/** The new model is measured on the frames that were held out. */
export async function evaluate({ session, proxies }: StepContext): Promise<void> {
  const { id, input } = session;
  const { submission, model } = session.state.results;
  if (submission === undefined || model === undefined) return skipUnasked(session, 'evaluate');
  await runStep(session, 'evaluate', async () => {
    const evaluation = await proxies.monai.evaluateModel({ id, input, submission, model });
    session.update((state, now) => keep(state, { evaluation }, now));
  });
}

/** Closes a step that was not asked for. */
export function skipUnasked(session: Session, step: StepName): void {
  if (isSettled(session.state, step)) return;
  session.update((state, now) => settle({ ...state, step, since: now, stepStartedAt: now }, step, 'skipped', now));
}

/** Writes the receipt and closes the iteration. */
export async function writeReceipt({ session, proxies }: StepContext): Promise<ReceiptRef> {
  const { id, input, firstRunId } = session;
  const write = async (): Promise<void> => {
    await recheckSeal({ session, proxies });
    const { startedAt, results, steps, decisions } = session.state;
    const workflow = { runId: workflowInfo().runId, firstRunId };
    const facts = { workflow, startedAt, endedAt: session.now(), results, steps, decisions };
    const receipt = await proxies.receipt.recordReceipt({ id, input, ...facts });
    session.update((state, now) => keep(state, { receipt }, now));
  };
  try {
    await runStep(session, 'receipt', () => CancellationScope.nonCancellable(write));
  } catch (error) {
    // Whoever cancels while it is written comes too late: with its receipt the iteration is done.
    if (!isCancellation(error) || session.state.results.receipt === undefined) throw error;
    session.update((state, now) => settle(state, 'receipt', 'done', now));
  }
  session.update((state, now) => ({ ...state, step: 'done', waitingFor: 'nothing', since: now }));
  const { receipt } = session.state.results;
  if (receipt !== undefined) return receipt;
  throw ApplicationFailure.nonRetryable('The receipt step ended without a receipt.', 'UnexpectedFailure');
}
