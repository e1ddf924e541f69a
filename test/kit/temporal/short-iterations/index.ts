import { condition, defineSignal, setHandler } from '@temporalio/workflow';
import type { IterationInput } from '../../../../src/contracts/iteration.ts';
import type { ReceiptRef } from '../../../../src/contracts/refs.ts';

export { scheduledIterationWorkflow } from '../../../../src/workflows/scheduled-iteration.ts';
export { loopWorkflow } from '../../../../src/workflows/loop/loop.ts';

/** Lets an iteration end that waits. */
const finishSignal = defineSignal('finish');

/** Stands for an iteration where only the loop around it counts: it ends at once, or, with the suffix `waits`, when it is told. */
export async function iterationWorkflow({ suffix }: IterationInput): Promise<ReceiptRef> {
  let isTold = suffix !== 'waits';
  setHandler(finishSignal, () => {
    isTold = true;
  });
  await condition(() => isTold);
  return { receipt: { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 } };
}
