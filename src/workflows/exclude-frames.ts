import { isCancellation, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { ExcludeInput, ExcludeResult, WithdrawalActivities } from '../contracts/withdrawal.ts';
import { isOutage } from './away.ts';
import { failureOf } from './failure-of.ts';
import { OUTAGE_RETRY } from './outage-retry.ts';
import { tryTurn } from './try-turn.ts';

const { recordExclusion, settleExclusions } = proxyActivities<WithdrawalActivities>({
  heartbeatTimeout: '30 seconds',
  startToCloseTimeout: '1 hour',
  retry: OUTAGE_RETRY,
});

type Settled = Pick<ExcludeResult, 'trainer' | 'removed' | 'putBack' | 'because'>;

/**
 * Takes frames out of training or into it again: first on record, then in the trainer, now or with the next iteration. What is
 * on record holds for every training, so that a trainer that is away or held is no failure.
 */
export async function excludeFramesWorkflow(input: ExcludeInput): Promise<ExcludeResult> {
  const { connection, project, task, what } = input;
  const recorded = await recordExclusion(input);
  return { connection, project, task, what, ...recorded, ...(await settle(connection)) };
}

async function settle(connection: string): Promise<Settled> {
  const { workflowId: id } = workflowInfo();
  try {
    const settled = await tryTurn(connection, async () => settleExclusions({ connection, id }));
    if (typeof settled !== 'string') return { trainer: 'done', ...settled.done };
    return { trainer: settled === 'taken' ? 'later' : 'none', removed: 0, putBack: 0 };
  } catch (error) {
    const failure = isCancellation(error) ? null : failureOf(error);
    if (failure === null || !isOutage(failure)) throw error;
    return { trainer: 'later', removed: 0, putBack: 0, because: failure.message };
  }
}
