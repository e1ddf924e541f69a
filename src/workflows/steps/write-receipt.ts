import { ApplicationFailure, CancellationScope, isCancellation, workflowInfo } from '@temporalio/workflow';
import type { ReceiptRef } from '../../contracts/refs.ts';
import { keep, settle } from '../state.ts';
import { runStep } from '../step.ts';
import { judgeLoop } from './judge-loop.ts';
import { recheckSeal } from './recheck-seal.ts';
import type { StepContext } from './step-context.ts';

/** Writes the receipt and closes the iteration. */
export async function writeReceipt({ session, proxies }: StepContext): Promise<ReceiptRef> {
  const { id, input, firstRunId } = session;
  const write = async (): Promise<void> => {
    await recheckSeal({ session, proxies });
    await judgeLoop({ session, proxies });
    const { startedAt, results, steps, decisions } = session.state;
    const workflow = { runId: workflowInfo().runId, firstRunId };
    const facts = { workflow, startedAt, endedAt: session.now(), results, steps, decisions };
    const receipt = await proxies.receipt.recordReceipt({ id, input, ...facts });
    session.update((state, now) => keep(state, { receipt }, now));
  };
  try {
    await runStep(session, 'receipt', () => CancellationScope.nonCancellable(write));
  } catch (error) {
    // Whoever cancels while it is written comes too late: with its receipt the iteration is done.
    if (!isCancellation(error) || session.state.results.receipt === undefined) throw error;
    session.update((state, now) => settle(state, 'receipt', 'done', now));
  }
  session.update((state, now) => ({ ...state, step: 'done', waitingFor: 'nothing', since: now }));
  const { receipt } = session.state.results;
  if (receipt !== undefined) return receipt;
  throw ApplicationFailure.nonRetryable('The receipt step ended without a receipt.', 'UnexpectedFailure');
}
