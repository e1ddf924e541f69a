import { isCancellation, patched } from '@temporalio/workflow';
import { isOnlyObserved } from '../../contracts/only-observed.ts';
import type { SealRef } from '../../contracts/seal.ts';
import { failureOf } from '../failure-of.ts';
import { keep, reopen } from '../state.ts';
import { runStep } from '../step.ts';
import { awaitCompletion, knownTask } from '../wait.ts';
import { rememberReopened } from '../wait-state.ts';
import type { StepContext } from './step-context.ts';

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
  await countOrigins({ session, proxies }, seal);
  await compare({ session, proxies }, seal);
}

/** Where the shapes of a task that is only observed come from. It stops nothing, as the comparison. */
async function countOrigins({ session, proxies }: StepContext, seal: SealRef): Promise<void> {
  const { id, input } = session;
  if (!isOnlyObserved(input) || !patched('origins')) return;
  try {
    const origins = await proxies.check.countOrigins({ id, input, seal });
    session.update((state, now) => keep(state, { origins }, now));
  } catch (error) {
    if (isCancellation(error)) throw error;
    session.update((state, now) => keep(state, { origins: { failed: failureOf(error).code } }, now));
  }
}

/** What people changed of the pre-annotations, or of the masks beside a task that is only observed. It stops nothing: without it the receipt says why. */
async function compare({ session, proxies }: StepContext, seal: SealRef): Promise<void> {
  const { id, input } = session;
  const { dataset, imported } = session.state.results;
  if (dataset === undefined || (imported === undefined && !isOnlyObserved(input))) return;
  try {
    const comparison = await proxies.check.compareLabels({
      id,
      input,
      dataset,
      ...(imported === undefined ? {} : { imported }),
      seal,
    });
    session.update((state, now) => keep(state, { comparison }, now));
  } catch (error) {
    if (isCancellation(error)) throw error;
    session.update((state, now) => keep(state, { comparison: { failed: failureOf(error).code } }, now));
  }
}
