import { isCancellation, patched } from '@temporalio/workflow';
import type { DatasetRef, GuardRef, ImportRef, TaskRef } from '../../contracts/refs.ts';
import { isOnlyObserved } from '../../contracts/only-observed.ts';
import { failureOf } from '../failure-of.ts';
import type { Session } from '../session.ts';
import { decide, forgetGuard, forgetImport, keep } from '../state.ts';
import { runStep } from '../step.ts';
import { skipUnasked } from './skip-unasked.ts';
import type { StepContext } from './step-context.ts';

/** The pre-annotations reach the task, if it holds nothing else, and its jobs the people who correct them. Without a dataset only the task is made sure of. */
export async function upload({ session, proxies }: StepContext): Promise<void> {
  const { id, input } = session;
  if (isOnlyObserved(input) && input.training === null) return skipUnasked(session, 'upload');
  await runStep(session, 'upload', async () => {
    if (input.training !== null) await proxies.trainer.checkModel({ id, input });
    if (isOnlyObserved(input)) return;
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
