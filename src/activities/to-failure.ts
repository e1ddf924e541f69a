import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { isMaskloopError, type Facts, type MaskloopError } from '../contracts/error.ts';
import { FAILURES } from '../contracts/failures.ts';

/** Facts go into the history; a list of ten thousand file names does not belong there. */
const MAX_FACTS_BYTES = 4096;

function bounded(facts: Facts): Facts {
  if (Buffer.byteLength(JSON.stringify(facts)) <= MAX_FACTS_BYTES) return facts;
  return Object.fromEntries(
    Object.entries(facts).map(([key, fact]) => [key, Array.isArray(fact) ? fact.slice(0, 20) : short(fact)]),
  );
}

function short(fact: Facts[string]): Facts[string] {
  const text = typeof fact === 'string' ? fact : JSON.stringify(fact);
  return text.length > 500 ? `${text.slice(0, 500)}…` : fact;
}

/**
 * Turns a {@link MaskloopError} into what Temporal carries: its code as type, its facts as details, retryable or not
 * as the catalogue says.
 *
 * @param final true where trying again is the workflow's decision, whatever the catalogue says
 */
export function failureFrom(error: MaskloopError, final = false): ApplicationFailure {
  const { handling } = FAILURES[error.code];
  return ApplicationFailure.create({
    type: error.code,
    message: error.message.length > 2000 ? `${error.message.slice(0, 2000)}…` : error.message,
    nonRetryable: final || handling === 'attention' || handling === 'refused',
    details: [bounded(error.facts)],
    ...(error.retryAfterMs === undefined ? {} : { nextRetryDelay: error.retryAfterMs }),
    ...(handling === 'pending' ? { category: ApplicationFailureCategory.BENIGN } : {}),
  });
}

/** The one place where errors of our libraries become failures of activities. Anything unknown passes with its stack. */
export function toFailure(error: unknown): unknown {
  return isMaskloopError(error) ? failureFrom(error) : error;
}
