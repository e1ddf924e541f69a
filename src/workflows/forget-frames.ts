import { ApplicationFailure, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { ForgetInput, ForgetResult, WithdrawalActivities } from '../contracts/withdrawal.ts';
import { OUTAGE_RETRY } from './outage-retry.ts';
import { tryTurn } from './try-turn.ts';

const COMMON = { heartbeatTimeout: '30 seconds', startToCloseTimeout: '6 hours' } as const;

const { planForget } = proxyActivities<WithdrawalActivities>({
  ...COMMON,
  // Nothing is removed yet, and whoever asked waits: a held server is told at once.
  retry: { ...OUTAGE_RETRY, maximumAttempts: 40 },
});

const { forgetFrames } = proxyActivities<WithdrawalActivities>({
  ...COMMON,
  // What is removed in part is removed to the end, however long a server is away or held meanwhile.
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

/** Removes frames everywhere, or tells what would be. A workflow, so that what was begun is ended whatever crashes. */
export async function forgetFramesWorkflow(input: ForgetInput): Promise<ForgetResult> {
  const plan = await planForget(input);
  if (!input.confirmed) return plan;
  const { workflowId: runId } = workflowInfo();
  const { connection, project, task, frames } = plan;
  const work = async (): Promise<ForgetResult> => forgetFrames({ ...input, connection, project, task, frames, runId });
  const outcome = await tryTurn(connection, work);
  if (outcome === 'none') return work();
  if (outcome !== 'taken') return outcome.done;
  throw ApplicationFailure.nonRetryable(
    `Somebody else has the turn with the trainer of connection "${connection}"; nothing was removed.`,
    'TrainerTaken',
    { connection },
  );
}
