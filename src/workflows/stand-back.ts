import type { IterationState } from '../contracts/iteration.ts';
import { leaveNoWorseMeanwhile } from './leave-no-worse.ts';
import type { StepContext } from './steps/step-context.ts';
import { mayTrain, returnTurn } from './steps/take-turn.ts';

/**
 * What is done wherever the iteration stops for a person: the model from before is published, and only then the turn with
 * the trainer is given back, unless something of the iteration's may still run or be published there.
 */
export async function standBack(context: StepContext): Promise<void> {
  if (context.session.state.turn === undefined) return;
  const isInOrder = await leaveNoWorseMeanwhile(context);
  if (isInOrder && mayGiveWay(context.session.state)) await returnTurn(context);
}

/** Whether others may have the trainer while a person is waited for. */
function mayGiveWay(state: IterationState): boolean {
  const code = state.trouble?.code ?? null;
  if (state.step === 'train') return !mayTrain(state, code);
  if (state.step !== 'evaluate' || code === 'ModelReplaced') return true;
  // A pause may be short, and a model that is not measured yet could not be any more once another one is published.
  return code !== null && isMeasured(state);
}

/** Whether the new model is measured, and can be kept from being published while a person thinks about it. */
function isMeasured({ results: { evaluation, model, modelBefore } }: IterationState): boolean {
  const measured = evaluation?.gate?.after.checksum;
  return measured !== undefined && measured === model?.checksum && modelBefore?.checksum != null;
}
