import { Context, sleep } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';

/** Heartbeats like a long activity until it is cancelled. */
export async function untilCancelled(): Promise<never> {
  for (;;) {
    Context.current().heartbeat();
    await sleep(50);
    if (Context.current().cancellationSignal.aborted) throw ApplicationFailure.retryable('not cancelled');
  }
}
