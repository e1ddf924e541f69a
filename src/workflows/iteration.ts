import { CancellationScope, isCancellation, log } from '@temporalio/workflow';
import type { IterationInput, IterationState } from '../contracts/iteration.ts';
import type { ReceiptRef } from '../contracts/refs.ts';
import { failureOf } from './failure-of.ts';
import { createProxies } from './proxies.ts';
import { Session } from './session.ts';
import { handleWaitMessages } from './steer-wait.ts';
import { trainingNumber } from './state.ts';
import { collect } from './steps/collect.ts';
import { convert } from './steps/convert.ts';
import { evaluate } from './steps/evaluate.ts';
import type { StepContext } from './steps/step-context.ts';
import { train } from './steps/train.ts';
import { returnTurn } from './steps/take-turn.ts';
import { upload } from './steps/upload.ts';
import { writeReceipt } from './steps/write-receipt.ts';

/**
 * One iteration of the active-learning loop, from masks to the receipt. Its id is `P/T`. It waits for people without
 * history growth, for servers without asking anybody, and for a decision where only a person can go on.
 */
export async function iterationWorkflow(input: IterationInput, carried?: IterationState): Promise<ReceiptRef> {
  const context: StepContext = { session: new Session(input, carried), proxies: createProxies(input) };
  const { session, proxies } = context;
  session.awaitLogin = async () => proxies.login.awaitLogin({ id: session.id, input });
  handleWaitMessages(context);
  try {
    await convert(context);
    await upload(context);
    await collect(context);
    await train(context);
    await evaluate(context);
    await returnTurn(context);
    return await writeReceipt(context);
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => stopOwnTraining(context));
    if (isCancellation(error)) await returnTurn(context);
    throw error;
  }
}

/** A cancelled iteration leaves no training of its own running, and touches nobody else's. */
async function stopOwnTraining({ session, proxies }: StepContext): Promise<void> {
  if (session.state.step !== 'train') return;
  const { id, input, firstRunId } = session;
  try {
    await proxies.stop.stopTraining({ id, input, firstRunId, tryNumber: trainingNumber(session.state) });
  } catch (error) {
    // The iteration is cancelled all the same.
    log.warn('The training could not be stopped', { iteration: id, reason: failureOf(error).message });
  }
}
