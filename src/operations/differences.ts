import type { Fact } from '../contracts/error.ts';
import { canonicalJson, isRecord } from '../storage/canonical-json.ts';

/** One field in which two inputs differ; `null` also stands for a field that one of them lacks. */
export interface Difference {
  /** Names from the outside in, joined by dots: `training.maxEpochs`. */
  readonly field: string;
  readonly running: Fact;
  readonly requested: Fact;
}

/** The fields in which two JSON values differ, sorted by name. Lists are compared whole. */
export function differences(running: unknown, requested: unknown, field = ''): readonly Difference[] {
  if (!isRecord(running) || !isRecord(requested)) {
    const equal = canonicalJson(running ?? null) === canonicalJson(requested ?? null);
    return equal ? [] : [{ field, running: toFact(running), requested: toFact(requested) }];
  }
  const names = [...new Set([...Object.keys(running), ...Object.keys(requested)])].toSorted();
  return names.flatMap((name) => {
    return differences(running[name], requested[name], field === '' ? name : `${field}.${name}`);
  });
}

function toFact(value: unknown): Fact {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return canonicalJson(value);
}
