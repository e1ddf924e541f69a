import { CancellationScope, condition, isCancellation, patched } from '@temporalio/workflow';
import { meetTrouble } from './away.ts';
import { failureOf, type StepFailure } from './failure-of.ts';
import type { StepContext } from './steps/step-context.ts';

/**
 * Does work with the trainer that nobody else does where it is given up. While the trainer is held that is shown and waited out,
 * in the same few lines of history however long it lasts; any other failure ends it.
 */
export async function throughHold<R>(context: StepContext, work: () => Promise<R>): Promise<R> {
  const { session } = context;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (isCancellation(error)) throw error;
      const failure = failureOf(error);
      const isHeld = failure.code === 'OnHold' && patched('trainer-held-at-the-end');
      // What is shown must not be a hold that is over.
      if (isHeld || session.state.trouble?.code === 'OnHold') show(context, failure);
      if (!isHeld) throw error;
    }
    await untilFree(context);
  }
}

function show({ session }: StepContext, failure: StepFailure): void {
  session.update((state, now) => meetTrouble(state, failure, now));
}

/** Waits until nobody holds the trainer, as far as can be seen; a person's `retry` and the end of a hold have it looked at now. */
async function untilFree({ session, proxies }: StepContext): Promise<void> {
  const { id, input } = session;
  session.woken = false;
  session.decision = null;
  let isFree = false;
  const watch = new CancellationScope();
  const watching = watch.run(async () => {
    try {
      await proxies.free.probeTrainer({ id, input });
    } catch {
      // Whatever ends the watching, the work itself tells.
    }
    isFree = true;
  });
  try {
    await condition(() => isFree || session.woken || session.decision !== null);
  } finally {
    watch.cancel();
    await watching;
    session.decision = null;
  }
}
