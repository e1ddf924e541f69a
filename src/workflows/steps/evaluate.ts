import { keep } from '../state.ts';
import { runStep } from '../step.ts';
import { skipUnasked } from './skip-unasked.ts';
import type { StepContext } from './step-context.ts';

/** The new model is measured on the frames that were held out. */
export async function evaluate({ session, proxies }: StepContext): Promise<void> {
  const { id, input } = session;
  const { submission, model } = session.state.results;
  if (submission === undefined || model === undefined) return skipUnasked(session, 'evaluate');
  await runStep(session, 'evaluate', async () => {
    const evaluation = await proxies.trainer.evaluateModel({ id, input, submission, model });
    session.update((state, now) => keep(state, { evaluation }, now));
  });
}
