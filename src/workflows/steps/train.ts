import type { SubmissionRef, TrainingRef } from '../../contracts/training.ts';
import { keep, trainingNumber } from '../state.ts';
import { runStep } from '../step.ts';
import { inTurn } from './take-turn.ts';
import { recheckSeal } from './recheck-seal.ts';
import { skipUnasked } from './skip-unasked.ts';
import type { StepContext } from './step-context.ts';

/** The sealed labels fine-tune the model. */
export async function train({ session, proxies }: StepContext): Promise<void> {
  const { id, input } = session;
  const { labels, task } = session.state.results;
  if (input.training === null || labels === undefined || task === undefined) return skipUnasked(session, 'train');
  const work = async (): Promise<void> => {
    const submission = await proxies.trainer.submitLabels({ id, input, task, labels });
    session.update((state, now) => keep(state, { submission }, now));
    await recheckSeal({ session, proxies });
    const training = await ownTraining({ session, proxies }, submission);
    const model = await proxies.watch.watchTraining({ id, input, training });
    session.update((state, now) => keep(state, { model }, now));
  };
  await runStep(session, 'train', () => inTurn({ session, proxies }, work));
}

/** The training; started once, however often the step begins again. */
async function ownTraining({ session, proxies }: StepContext, submission: SubmissionRef): Promise<TrainingRef> {
  const { id, input, firstRunId } = session;
  const tryNumber = trainingNumber(session.state);
  const { training: known } = session.state.results;
  if (known?.tryNumber === tryNumber) return known;
  const training = await proxies.trainer.startTraining({ id, input, submission, firstRunId, tryNumber });
  session.update((state, now) => keep(state, { training }, now));
  return training;
}
