import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { ExcludeInput, ExcludeResult, WithdrawalActivities } from '../contracts/withdrawal.ts';
import { tryTurn } from './try-turn.ts';

const { recordExclusion, settleExclusions } = proxyActivities<WithdrawalActivities>({
  heartbeatTimeout: '30 seconds',
  startToCloseTimeout: '1 hour',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds', maximumAttempts: 8 },
});

/** Takes frames out of training or into it again: first on record, then in the trainer, now or with the next iteration. */
export async function excludeFramesWorkflow(input: ExcludeInput): Promise<ExcludeResult> {
  const { connection, project, task, what } = input;
  const recorded = await recordExclusion(input);
  const settled = await tryTurn(connection, async () =>
    settleExclusions({ connection, id: workflowInfo().workflowId }),
  );
  const counts = typeof settled === 'string' ? { removed: 0, putBack: 0 } : settled.done;
  const trainer = settled === 'taken' ? 'later' : settled === 'none' ? 'none' : 'done';
  return { connection, project, task, what, ...recorded, trainer, ...counts };
}
