import { CancellationScope, patched } from '@temporalio/workflow';
import type { IterationState } from '../contracts/iteration.ts';
import { leaveNoWorseMeanwhile } from './leave-no-worse.ts';
import type { StepContext } from './steps/step-context.ts';
import { mayTrain, returnTurn } from './steps/take-turn.ts';

/**
 * What is done wherever the iteration stops for a person: the model from before is published, and only then the turn with
 * the trainer is given back, unless something of the iteration's may still run or be published there. Where the trainer is away or
 * held that is done as soon as it answers, while the person is waited for.
 *
 * @returns what has to be called before anything else is done with the trainer: it ends that
 */
export async function standBack(context: StepContext): Promise<() => Promise<void>> {
  if ((await stoodBack(context)) !== 'away' || !patched('stands-back-again')) return async () => undefined;
  const scope = new CancellationScope();
  const trying = scope.run(() => standBackLater(context)).catch(() => undefined);
  return async () => {
    scope.cancel();
    await trying;
  };
}

async function stoodBack(context: StepContext): Promise<'in order' | 'away' | 'not known'> {
  if (context.session.state.turn === undefined) return 'in order';
  const meanwhile = await leaveNoWorseMeanwhile(context);
  if (meanwhile === 'in order' && mayGiveWay(context.session.state)) await returnTurn(context);
  return meanwhile;
}

async function standBackLater(context: StepContext): Promise<void> {
  const { session, proxies } = context;
  const { id, input } = session;
  // A long history ends the wait as well; the run after begins it again.
  while (!session.historyIsLong) {
    await proxies.answers.probeTrainer({ id, input });
    if ((await stoodBack(context)) !== 'away') return;
  }
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
