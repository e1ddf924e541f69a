import type { Fact, Facts } from '../contracts/error.ts';
import { isRecord } from '../storage/canonical-json.ts';

/** The facts of a failure as they came back through Temporal; empty if they are not JSON fields. */
export function readFacts(value: unknown): Facts {
  return isFacts(value) ? value : {};
}

function isFacts(value: unknown): value is Facts {
  return isRecord(value) && Object.values(value).every(isFact);
}

/** True for a JSON value. */
export function isFact(value: unknown): value is Fact {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return true;
  if (Array.isArray(value)) return value.every(isFact);
  return isRecord(value) && Object.values(value).every(isFact);
}
