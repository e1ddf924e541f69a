import { CancellationScope, condition, patched } from '@temporalio/workflow';
import type { Session } from './session.ts';

/**
 * Waits for a person. Comes back without a decision where messages have made the history long. After a refused login the step also begins again when CVAT accepts a changed one.
 */
export async function awaitDecision(session: Session): Promise<void> {
  const { awaitLogin, state } = session;
  if (state.trouble?.code !== 'CvatLoginRefused' || awaitLogin === null || !patched('login-heals')) {
    const isBounded = patched('attention-bounded');
    await condition(() => session.decision !== null || (isBounded && session.historyIsLong));
    return;
  }
  let healed = false;
  const watch = new CancellationScope();
  const watching = watch.run(async () => {
    try {
      await awaitLogin();
      healed = true;
    } catch {
      // Whatever ends the watching, the person is still there.
    }
  });
  try {
    await condition(() => healed || session.decision !== null);
  } finally {
    watch.cancel();
    await watching;
  }
}
