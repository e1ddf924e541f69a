import type { IterationActivities } from '../contracts/activities.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';

/** A look at the files of a login costs nothing; nobody waits longer than this after mending them. */
const LOOK_EVERY_MS = 15_000;

/** True if CVAT accepts the login. Whatever else goes wrong meanwhile is looked at by the step that needs CVAT. */
async function isAccepted(retryLogin: () => Promise<boolean>): Promise<boolean> {
  try {
    return await retryLogin();
  } catch (error) {
    if (isMaskloopError(error)) return false;
    throw error;
  }
}

/**
 * One look whether the login has changed since CVAT refused it, and a try of the new one. It fails until CVAT accepts it, and
 * Temporal looks again without writing history. A login that has not changed is not tried: that might lock its user out.
 */
export function createAwaitLogin({ connect }: ActivityDependencies): IterationActivities['awaitLogin'] {
  return durable(async ({ input }, { signal }) => {
    if (await isAccepted(async () => connect(input.connection).cvat.retryLogin(signal))) return;
    throw new MaskloopError('LoginPending', 'CVAT has refused the login; it is tried when it has changed.', {
      retryAfterMs: Math.min(LOOK_EVERY_MS, input.completion.pollMs),
    });
  });
}
