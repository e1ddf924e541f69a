import {
  CancellationScope,
  condition,
  getExternalWorkflowHandle,
  isCancellation,
  makeContinueAsNewFunc,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  releaseTurnSignal,
  requestTurnSignal,
  trainingTurnsQuery,
  turnSignal,
  type Trainee,
  type TrainingTurns,
  type TurnActivities,
} from '../contracts/training-turns.ts';
import { askForTurn, giveNextTurn, isSame, returnTurn } from './turns.ts';

/** A run that is longer goes on as a new one. */
const LONG_HISTORY_EVENTS = 400;

const { awaitTraineeEnd } = proxyActivities<TurnActivities>({
  heartbeatTimeout: '30 seconds',
  startToCloseTimeout: '1 minute',
  // Only an iteration that was terminated is found by looking; all others give their turn back themselves.
  retry: { initialInterval: '30 seconds', maximumInterval: '30 seconds', backoffCoefficient: 1 },
});

const now = (): string => new Date().toISOString();

type Continue = (carried: TrainingTurns) => Promise<unknown>;

/**
 * Gives one iteration after the other, in the order in which they asked, its turn with a trainer; a turn lasts until it is
 * given back or its holder has ended. The run ends when nobody wants a turn.
 */
export async function trainingTurnsWorkflow(carried?: TrainingTurns): Promise<void> {
  let turns: TrainingTurns = carried ?? { holder: null, waiting: [] };
  // A run that goes on may have ended before its holder was told; to be told again does nothing.
  let untold = true;
  setHandler(trainingTurnsQuery, () => turns);
  setHandler(requestTurnSignal, (trainee) => {
    untold ||= isSame(turns.holder, trainee);
    turns = askForTurn(turns, trainee, now());
  });
  setHandler(releaseTurnSignal, (trainee) => {
    turns = returnTurn(turns, trainee);
  });
  for (;;) {
    if (turns.holder === null) {
      turns = giveNextTurn(turns, now());
      untold = true;
    }
    const { holder } = turns;
    if (holder === null) return;
    if (workflowInfo().historyLength >= LONG_HISTORY_EVENTS) await makeContinueAsNewFunc<Continue>()(turns);
    if (untold) {
      untold = false;
      if (!(await tell(holder))) turns = returnTurn(turns, holder);
    }
    const hasEnded = await untilChanged(holder, () => untold || !isSame(turns.holder, holder));
    if (hasEnded) turns = returnTurn(turns, holder);
  }
}

/** False if the iteration is no longer there to be told. */
async function tell({ id, firstRunId }: Trainee): Promise<boolean> {
  try {
    await getExternalWorkflowHandle(id).signal(turnSignal, { turns: workflowInfo().workflowId, firstRunId });
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}

/** Waits until `isChanged`, or until the holder has ended: then true. */
async function untilChanged({ id, firstRunId }: Trainee, isChanged: () => boolean): Promise<boolean> {
  if (isChanged()) return false;
  let hasEnded = false;
  const watch = new CancellationScope();
  const watching = watch.run(async () => {
    try {
      await awaitTraineeEnd({ id, firstRunId });
      hasEnded = true;
    } catch (error) {
      // Given up below, when the turn was given back.
      if (!isCancellation(error)) throw error;
    }
  });
  watching.catch(() => undefined);
  try {
    await condition(() => hasEnded || isChanged());
  } finally {
    watch.cancel();
    await watching;
  }
  return hasEnded;
}
