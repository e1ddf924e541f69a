import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import { FAILURES, isFailureCode, type FailureCode } from '../contracts/failures.ts';
import type { Handling } from '../contracts/failures/entry.ts';
import type { Facts } from '../contracts/error.ts';

/** A failure of an activity in the words of the catalogue. */
export interface StepFailure {
  readonly code: FailureCode;
  readonly handling: Handling;
  readonly message: string;
  readonly action: string;
  readonly facts: Facts;
  /** Registered name of the activity that failed; absent where none did. */
  readonly activity?: string;
}

function named(code: FailureCode, message: string, facts: Facts = {}): StepFailure {
  const { handling, action } = FAILURES[code];
  return { code, handling, message, action, facts };
}

function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Translates what an activity failed with: a named failure keeps its code, message and facts; a time-out is
 * `StepTimedOut`; anything else is `UnexpectedFailure`. Cancellation must be told apart before.
 */
export function failureOf(error: unknown): StepFailure {
  if (!(error instanceof ActivityFailure)) return causeOf(error, error);
  return { ...causeOf(error, error.cause), activity: error.activityType };
}

function causeOf(error: unknown, cause: unknown): StepFailure {
  if (cause instanceof TimeoutFailure) {
    return named('StepTimedOut', `The step timed out (${cause.timeoutType}).`, { timeout: cause.timeoutType ?? null });
  }
  if (cause instanceof ApplicationFailure) {
    // How the SDK reports an activity whose worker shuts down, once its tries are used up.
    if (cause.type === 'WorkerShutdown') return named('WorkerStopped', 'The worker that did the step was stopped.');
    if (isFailureCode(cause.type)) {
      const facts: unknown = cause.details?.[0];
      return named(cause.type, cause.message, isFacts(facts) ? facts : {});
    }
    return named('UnexpectedFailure', `${cause.type ?? 'Error'}: ${cause.message}`);
  }
  return named('UnexpectedFailure', error instanceof Error ? error.message : String(error));
}
