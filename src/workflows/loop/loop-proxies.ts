import { ActivityCancellationType, proxyActivities, type ActivityOptions } from '@temporalio/workflow';
import type { LoopActivities } from '../../contracts/loop-activities.ts';
import { OUTAGE_RETRY } from '../outage-retry.ts';
import type { NoticeActivities } from '../../contracts/notice-activities.ts';

/** The activities of a loop, each group with the time that its work may take. */
export interface LoopProxies {
  readonly look: Pick<LoopActivities, 'findLoopNumber' | 'prepareIteration'>;
  readonly choose: Pick<LoopActivities, 'selectSamples'>;
  readonly check: Pick<LoopActivities, 'checkPolicy'>;
  readonly poll: Pick<LoopActivities, 'awaitIteration'>;
  readonly notices: Pick<NoticeActivities, 'tellOfLoop'>;
}

const common = { heartbeatTimeout: '30 seconds', retry: OUTAGE_RETRY } satisfies ActivityOptions;

/** Makes the proxies. */
export function createLoopProxies(): LoopProxies {
  return {
    look: proxyActivities<LoopActivities>({ ...common, startToCloseTimeout: '6 hours' }),
    // For scores many frames are predicted; silence, not duration, tells that a worker is lost.
    choose: proxyActivities<LoopActivities>({ ...common, startToCloseTimeout: '24 hours' }),
    // Somebody waits for its answer.
    check: proxyActivities<LoopActivities>({
      ...common,
      startToCloseTimeout: '1 minute',
      retry: { initialInterval: '1 second', maximumAttempts: 3 },
    }),
    poll: proxyActivities<LoopActivities>({
      ...common,
      startToCloseTimeout: '1 minute',
      // As often as the activity itself asks for; retries write no history.
      retry: { initialInterval: '1 minute', maximumInterval: '1 minute', backoffCoefficient: 1 },
      // It only reads: nobody has to wait for a poll that is given up.
      cancellationType: ActivityCancellationType.TRY_CANCEL,
    }),
    // What has reached the outbox by then is sent from there.
    notices: proxyActivities<NoticeActivities>({
      heartbeatTimeout: '30 seconds',
      startToCloseTimeout: '1 minute',
      scheduleToCloseTimeout: '2 minutes',
      retry: { initialInterval: '5 seconds', maximumAttempts: 3 },
    }),
  };
}
