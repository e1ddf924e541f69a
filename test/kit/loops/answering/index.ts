import { condition, getExternalWorkflowHandle, setHandler } from '@temporalio/workflow';
import { askedSignal, askIterationSignal } from '../../../../src/contracts/schedule-messages.ts';

export { scheduledIterationWorkflow } from '../../../../src/workflows/scheduled-iteration.ts';

/** Stands for a loop: its first iteration begins when it is asked for, and lasts for ever. */
export async function answeringLoopWorkflow(): Promise<void> {
  let asked = 0;
  setHandler(askIterationSignal, async ({ reply, overlap }) => {
    asked += 1;
    const answer =
      asked === 1
        ? ({ outcome: 'begun', why: 'iteration 1' } as const)
        : ({ outcome: 'skipped', why: `Iteration_1 waits for people (${overlap})` } as const);
    await getExternalWorkflowHandle(reply).signal(askedSignal, answer);
  });
  await condition(() => false);
}
