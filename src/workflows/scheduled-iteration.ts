import { condition, getExternalWorkflowHandle, isCancellation, setHandler, workflowInfo } from '@temporalio/workflow';
import { loopText } from '../contracts/ids.ts';
import type { ScheduledInput, ScheduledOutcome } from '../contracts/schedule.ts';
import { askedSignal, askIterationSignal } from '../contracts/schedule-messages.ts';

/** A loop that buffers answers when the iteration that runs has ended. */
const PATIENCE = { skip: '1 day', buffer: '60 days' } as const;

/** Asks a loop for its next iteration, and ends with what came of it. */
export async function scheduledIterationWorkflow({ loop, overlap }: ScheduledInput): Promise<ScheduledOutcome> {
  let answer: ScheduledOutcome | null = null;
  setHandler(askedSignal, (given) => {
    answer = given;
  });
  try {
    await getExternalWorkflowHandle(loop).signal(askIterationSignal, { reply: workflowInfo().workflowId, overlap });
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { outcome: 'skipped', why: `the loop ${loopText(loop)} does not run` };
  }
  await condition(() => answer !== null, PATIENCE[overlap]);
  return answer ?? { outcome: 'skipped', why: `the loop ${loopText(loop)} gave no answer` };
}
