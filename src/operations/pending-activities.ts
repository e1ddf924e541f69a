import type { WorkflowExecutionDescription } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Fact, Facts } from '../contracts/error.ts';
import { isFact, readFacts } from './facts.ts';

/**
 * An activity that is under way or waits for its next try: why a poll has not ended is only to be seen here, since
 * retries write no history. Times are ISO.
 */
export interface PendingActivity {
  readonly name: string;
  /** From 1. */
  readonly attempt: number;
  readonly startedAt: string | null;
  /** When it is tried again; null while it runs. */
  readonly nextAttemptAt: string | null;
  readonly lastFailure: { readonly code: string | null; readonly message: string; readonly facts: Facts } | null;
  /** The details of the last heartbeat, a `Progress` of the contracts; null if there are none. */
  readonly heartbeat: Fact;
}

type RawActivity = NonNullable<WorkflowExecutionDescription['raw']['pendingActivities']>[number];
type RawTime = RawActivity['lastStartedTime'];
type RawPayloads = RawActivity['heartbeatDetails'];

/** The pending activities of a described run. */
export function pendingActivities(run: WorkflowExecutionDescription): readonly PendingActivity[] {
  return (run.raw.pendingActivities ?? []).map((raw) => ({
    name: raw.activityType?.name ?? '',
    attempt: raw.attempt ?? 1,
    startedAt: toIso(raw.lastStartedTime),
    nextAttemptAt: toIso(raw.nextAttemptScheduleTime),
    lastFailure: toFailure(raw.lastFailure),
    heartbeat: firstFact(raw.heartbeatDetails),
  }));
}

/** Code, message and facts of the last try. */
function toFailure(raw: RawActivity['lastFailure']): PendingActivity['lastFailure'] {
  if (raw === undefined || raw === null) return null;
  const info = raw.applicationFailureInfo;
  return {
    code: info?.type ?? null,
    message: raw.message ?? '',
    facts: readFacts(firstFact(info?.details)),
  };
}

function firstFact(payloads: RawPayloads): Fact {
  const first = payloads?.payloads?.[0];
  if (first === undefined) return null;
  const value: unknown = defaultPayloadConverter.fromPayload(first);
  return isFact(value) ? value : null;
}

function toIso(time: RawTime): string | null {
  if (time === undefined || time === null) return null;
  const milliseconds = Number(time.seconds ?? 0) * 1000 + (time.nanos ?? 0) / 1e6;
  return milliseconds === 0 ? null : new Date(milliseconds).toISOString();
}
