import type { SubmissionRef } from '../../contracts/training.ts';
import { takenModels } from '../gate-state.ts';
import { keep } from '../state.ts';
import { trainingNumber } from '../training-number.ts';
import type { StepContext } from './step-context.ts';

/** Keeps and measures the model that is published, unless the training has begun: then what is published may be its own. */
export async function measureBefore({ session, proxies }: StepContext, submission: SubmissionRef): Promise<void> {
  const { id, input, firstRunId, state } = session;
  const tryNumber = trainingNumber(state);
  const { task, training, modelBefore: known = null } = state.results;
  if (task === undefined || (known !== null && training?.tryNumber === tryNumber)) return;
  const own = { id, input, firstRunId, tryNumber };
  const modelBefore = await proxies.trainer.measureModel({
    ...own,
    task,
    submission,
    taken: takenModels(state),
    known,
  });
  session.update((now, time) => keep(now, { modelBefore }, time));
}
