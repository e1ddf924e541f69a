import { CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { NoticeActivities, Told } from '../contracts/notice-activities.ts';
import type { Session } from './session.ts';
import { toldOf } from './told-of.ts';

/** Nobody waits for a notice: what has reached the outbox by then is sent from there. */
const PATIENCE = {
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '2 minutes',
  retry: { initialInterval: '5 seconds', maximumAttempts: 3 },
} as const;

/**
 * Tells people of what an iteration meets, where its input says whom: beside the steps, one after the other. Whatever goes
 * wrong with it stops nothing.
 */
export function tellPeople(session: Session): void {
  const { id, input } = session;
  if (input.notices === undefined) return;
  const notices = proxyActivities<Pick<NoticeActivities, 'tell'>>({
    ...PATIENCE,
    heartbeatTimeout: input.timing.heartbeatTimeoutMs,
  });
  let last: Promise<void> = Promise.resolve();

  async function tell(what: Told): Promise<void> {
    const url = session.state.results.task?.url ?? null;
    try {
      await notices.tell({ id, input, what, url });
    } catch {
      // The time for it is over, or the store is away.
    }
  }

  session.onChange = (before, after) => {
    for (const what of toldOf(before, after, session.now())) {
      last = last.then(() => CancellationScope.nonCancellable(() => tell(what)));
    }
  };
  session.beforeEnd = async () => CancellationScope.nonCancellable(() => last);
}
