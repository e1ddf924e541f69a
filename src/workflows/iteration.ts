import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { IterationInput, IterationState } from '../contracts/iteration.ts';
import type { ReceiptRef } from '../contracts/refs.ts';
import { createProxies } from './proxies.ts';
import { Session } from './session.ts';
import { leaveNoWorse } from './leave-no-worse.ts';
import { standBack } from './stand-back.ts';
import { handleGateMessages } from './steer-gate.ts';
import { handleWaitMessages } from './steer-wait.ts';
import { collect } from './steps/collect.ts';
import { predict } from './steps/predict.ts';
import { convert } from './steps/convert.ts';
import { evaluate } from './steps/evaluate.ts';
import type { StepContext } from './steps/step-context.ts';
import { stopOwnTraining } from './steps/stop-own-training.ts';
import { train } from './steps/train.ts';
import { returnTurn } from './steps/take-turn.ts';
import { upload } from './steps/upload.ts';
import { tellPeople } from './tell-people.ts';
import { writeReceipt } from './steps/write-receipt.ts';

/**
 * One iteration of the active-learning loop, from masks to the receipt. Its id is `P/T`. It waits for people without
 * history growth, for servers without asking anybody, and for a decision where only a person can go on.
 */
export async function iterationWorkflow(input: IterationInput, carried?: IterationState): Promise<ReceiptRef> {
  const session = new Session(input, carried);
  const proxies = createProxies(input, (activity) => session.heard(activity));
  const context: StepContext = { session, proxies };
  session.awaitLogin = async () => proxies.login.awaitLogin({ id: session.id, input });
  session.standBack = async () => standBack(context);
  handleWaitMessages(context);
  handleGateMessages(session);
  tellPeople(session);
  try {
    await predict(context);
    await convert(context);
    await upload(context);
    await collect(context);
    await train(context);
    await evaluate(context);
    const receipt = await writeReceipt(context);
    // Not before: whoever trains next on the same trainer counts the labels that receipts name.
    await returnTurn(context);
    await session.beforeEnd?.();
    return receipt;
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => cleanUp(context));
    if (isCancellation(error)) await returnTurn(context);
    if (isCancellation(error)) await session.beforeEnd?.();
    throw error;
  }
}

/** A cancelled iteration leaves neither a training of its own running nor a model of it that nobody has decided on. */
async function cleanUp(context: StepContext): Promise<void> {
  context.session.update((state) => ({ ...state, cancelled: true }));
  if (context.session.state.step === 'train') await stopOwnTraining(context);
  await leaveNoWorse(context);
}
