import { QueryNotRegisteredError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import { MaskloopError, isMaskloopError } from '../contracts/error.ts';
import type { IterationStatus } from '../contracts/iteration.ts';
import { statusQuery } from '../contracts/messages.ts';
import type { Receipt } from '../contracts/receipt.ts';
import { indexedWaitingFor, SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';
import type { TrainingTurns } from '../contracts/training-turns.ts';
import { endedStatus } from './ended-status.ts';
import { pendingActivities, type PendingActivity } from './pending-activities.ts';
import { readReceipt, type ReceiptStore } from '../receipts/read-receipt.ts';
import { readTurns } from './training-turns.ts';
import { GRPC, grpcError, mapTemporalErrors } from './temporal-errors.ts';

export type RunState = 'running' | 'done' | 'cancelled' | 'failed' | 'terminated';

/** What the visibility index says of a run; empty texts for what it does not know. */
export interface IndexedFacts {
  readonly project: string;
  readonly task: string;
  readonly step: string;
  readonly waitingFor: string;
  readonly since: string | null;
}

/** All that can be known of one iteration. Times are ISO. */
export interface IterationView {
  readonly id: string;
  readonly state: RunState;
  /** False if the run was asked and no worker answered; then `status` is null and `index` is the best there is. */
  readonly workerAnswers: boolean;
  /** The iteration's own answer, without choices once it has ended; null without a worker, or when Temporal has forgotten the run. */
  readonly status: IterationStatus | null;
  /** What the visibility index says; null when Temporal has forgotten the run. */
  readonly index: IndexedFacts | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly activities: readonly PendingActivity[];
  /** Whose turn it is to train, while this iteration waits for its own; else null. */
  readonly turns: TrainingTurns | null;
  readonly receipt: Receipt | null;
  /** There while Temporal is away: all of this is from the receipt, and the iteration may run again. */
  readonly away?: 'temporal';
}

/** How long a worker may take to answer a query, in milliseconds. */
const QUERY_TIMEOUT_MS = 4000;

/**
 * Everything about one iteration, running or finished.
 *
 * @param id the exact id
 * @throws MaskloopError `IterationNotFound`, `TemporalUnreachable`, `StoreUnreachable`, `ArtifactCorrupt`
 */
export async function describeIteration(
  { client, store }: { client: Client; store: ReceiptStore },
  id: string,
): Promise<IterationView> {
  const run = await describeRun(client, id);
  const state = run === null ? 'done' : runState(run);
  const receipt = state === 'done' ? await readReceipt(store, id) : null;
  if (run === null) {
    // Temporal keeps closed runs for a while only; the receipt stays.
    if (receipt !== null) return viewOfReceipt(receipt);
    throw new MaskloopError('IterationNotFound', `There is no iteration ${id}.`, { facts: { id } });
  }
  const answer = await queryStatus(client, run);
  const status = answer === null || state === 'running' ? answer : endedStatus(answer);
  return {
    id,
    state,
    workerAnswers: status !== null,
    status,
    index: indexed(run),
    startedAt: status?.startedAt ?? receipt?.startedAt ?? run.startTime.toISOString(),
    endedAt: receipt?.endedAt ?? run.closeTime?.toISOString() ?? null,
    activities: pendingActivities(run),
    turns: await turnsOf(client, status),
    receipt,
  };
}

async function turnsOf(client: Client, status: IterationStatus | null): Promise<TrainingTurns | null> {
  const { turn = null, waitingFor } = status ?? {};
  return turn === null || waitingFor !== 'turn' ? null : readTurns(client, turn.turns);
}

async function describeRun(client: Client, id: string): Promise<WorkflowExecutionDescription | null> {
  try {
    return await mapTemporalErrors({ id }, () => client.workflow.getHandle(id).describe());
  } catch (error) {
    if (isMaskloopError(error, 'IterationNotFound')) return null;
    throw error;
  }
}

function runState(run: WorkflowExecutionDescription): RunState {
  const name = run.status.name;
  if (name === 'COMPLETED') return 'done';
  if (name === 'CANCELLED') return 'cancelled';
  if (name === 'TERMINATED') return 'terminated';
  return name === 'FAILED' || name === 'TIMED_OUT' ? 'failed' : 'running';
}

/** A finished iteration by its receipt alone. */
export function viewOfReceipt(receipt: Receipt): IterationView {
  const { id, startedAt, endedAt } = receipt;
  return {
    id,
    state: 'done',
    workerAnswers: true,
    status: null,
    index: null,
    startedAt,
    endedAt,
    activities: [],
    turns: null,
    receipt,
  };
}

/** The workflow's own answer; null if no worker gives one in time. */
async function queryStatus(client: Client, run: WorkflowExecutionDescription): Promise<IterationStatus | null> {
  const handle = client.workflow.getHandle(run.workflowId, run.runId);
  try {
    return await client.withDeadline(Date.now() + QUERY_TIMEOUT_MS, () => handle.query(statusQuery));
  } catch (error) {
    const code = grpcError(error)?.code;
    const silent = code === GRPC.DEADLINE_EXCEEDED || code === GRPC.FAILED_PRECONDITION || code === GRPC.CANCELLED;
    if (silent || error instanceof QueryNotRegisteredError) return null;
    return mapTemporalErrors({ id: run.workflowId }, () => Promise.reject(error));
  }
}

function indexed(run: WorkflowExecutionDescription): IndexedFacts {
  const attributes = run.typedSearchAttributes;
  return {
    project: attributes.get(SEARCH_ATTRIBUTES.project) ?? '',
    task: attributes.get(SEARCH_ATTRIBUTES.task) ?? '',
    step: attributes.get(SEARCH_ATTRIBUTES.step) ?? '',
    waitingFor: indexedWaitingFor(attributes.get(SEARCH_ATTRIBUTES.waitingFor)),
    since: attributes.get(SEARCH_ATTRIBUTES.since)?.toISOString() ?? null,
  };
}
