import type { PredictionsRef } from '../../contracts/prediction.ts';
import type { TaskRef } from '../../contracts/refs.ts';
import { takenModels } from '../gate-state.ts';
import { isSettled, keep } from '../state.ts';
import { runStep } from '../step.ts';
import { inTurn, returnTurn } from './take-turn.ts';
import type { StepContext } from './step-context.ts';

/** The published model predicts the masks, where that is asked for; else there is no such step. */
export async function predict(context: StepContext): Promise<void> {
  const { session } = context;
  if (session.input.predict === undefined || isSettled(session.state, 'predict')) return;
  await runStep(session, 'predict', async () => {
    await knownPredictions(context);
  });
}

/** What was predicted; it is predicted where that is not known, or no longer. */
export async function knownPredictions(context: StepContext): Promise<PredictionsRef> {
  const { session, proxies } = context;
  const { id, input, state } = session;
  const { predictions: known } = state.results;
  if (known !== undefined) return known;
  const task = await framesInCvat(context);
  // While somebody trains, the published model may be one that nobody has judged. The hours of trainings do not count.
  const predictions = await inTurn(
    context,
    async () => proxies.trainer.predictMasks({ id, input, task, taken: takenModels(session.state) }),
    'any hour',
  );
  session.update((now, time) => keep(now, { predictions }, time));
  await returnTurn(context);
  return predictions;
}

/** The task that has the frames; null where they come from a folder. */
async function framesInCvat({ session, proxies }: StepContext): Promise<TaskRef | null> {
  const { id, input } = session;
  if (input.images !== null) return null;
  const task = await proxies.cvat.ensureTask({ id, input });
  session.update((state, now) => keep(state, { task }, now));
  return task;
}
