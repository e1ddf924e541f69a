import { CancellationScope, condition, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import { turnSignal } from '../contracts/training-turns.ts';
import { TURN_PATIENCE_MS, type WithdrawalActivities } from '../contracts/withdrawal.ts';
import { giveTurnBack } from './session.ts';

const { askForTurn } = proxyActivities<Pick<WithdrawalActivities, 'askForTurn'>>({
  heartbeatTimeout: '30 seconds',
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '5 seconds', maximumAttempts: 4 },
});

/**
 * Does work with the turn of a connection's trainer, if it comes soon; it is given back whatever happens. Workflow ids of
 * iterations and of commands take the same turns.
 *
 * @returns what the work returns; `taken` if somebody else has the turn; `none` without a trainer
 */
export async function tryTurn<T>(connection: string, work: () => Promise<T>): Promise<{ done: T } | 'taken' | 'none'> {
  const { workflowId: id, firstExecutionRunId: firstRunId } = workflowInfo();
  const own = { id, firstRunId };
  let state: 'waits' | 'has' | 'left' = 'waits';
  setHandler(turnSignal, async ({ turns, firstRunId: told }) => {
    if (told !== firstRunId) return;
    if (state === 'left') await giveTurnBack(turns, own);
    else state = 'has';
  });
  const { turns } = await askForTurn({ connection, ...own });
  if (turns === null) return 'none';
  try {
    if (!(await condition(() => state === 'has', TURN_PATIENCE_MS))) return 'taken';
    return { done: await work() };
  } finally {
    state = 'left';
    await CancellationScope.nonCancellable(() => giveTurnBack(turns, own));
  }
}
