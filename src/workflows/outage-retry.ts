import { SHOWN_AT_ONCE } from './hold-delay.ts';

/** An outage of about two minutes is retried out of sight; a longer one is shown and retried by the workflow. */
export const OUTAGE_RETRY = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
  maximumAttempts: 8,
  nonRetryableErrorTypes: SHOWN_AT_ONCE,
} as const;
