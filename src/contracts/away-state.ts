import type { FailureCode } from './failures.ts';

/** That a server does not answer or is held, until what failed for that has worked. */
export interface AwayState {
  /** The newest failure that says which server is away, and since when, as ISO time; null where none does, as while one is only held. */
  readonly outage: { readonly code: FailureCode; readonly since: string } | null;
  /** Registered name of the activity that failed for it; null where none did. */
  readonly activity: string | null;
}
