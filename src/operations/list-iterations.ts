import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { ITERATION_WORKFLOW } from '../contracts/iteration.ts';
import type { Receipt } from '../contracts/receipt.ts';
import { indexedWaitingFor, SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';
import { finishedIds, readReceipt, type ReceiptStore } from '../receipts/read-receipt.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

/** One line of the list. Times are ISO. */
export interface IterationRow {
  readonly id: string;
  readonly state: 'running' | 'done';
  readonly project: string;
  readonly task: string;
  readonly connection: string;
  /** A step's name, or `done`. */
  readonly step: string;
  readonly waitingFor: string;
  /** Since when step and waiting are as they are; the end of a finished iteration. */
  readonly since: string;
  readonly startedAt: string;
}

const RUNNING = `WorkflowType = '${ITERATION_WORKFLOW}' AND ExecutionStatus = 'Running'`;
const KNOWN = `WorkflowType = '${ITERATION_WORKFLOW}' AND ExecutionStatus != 'ContinuedAsNew'`;

/** All running iterations by id, then all finished ones, the newest first. SQL visibility has no order of its own. */
export async function listIterations(where: { client: Client; store: ReceiptStore }): Promise<readonly IterationRow[]> {
  const [running, finished] = await Promise.all([listRunning(where.client), listFinished(where.store)]);
  const runningIds = new Set(running.map(({ id }) => id));
  return [...running, ...finished.filter(({ id }) => !runningIds.has(id))];
}

/** Running iterations, at most so many of them, sorted by id. */
export async function listRunning(client: Client, most = Infinity): Promise<readonly IterationRow[]> {
  const rows = await mapTemporalErrors({}, async () => {
    const found: IterationRow[] = [];
    for await (const run of client.workflow.list({ query: RUNNING })) {
      if (found.length >= most) break;
      found.push(toRow(run));
    }
    return found;
  });
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Ids of all iterations that Temporal still knows, running or closed, sorted. */
export async function knownIds(client: Client): Promise<readonly string[]> {
  const ids = await mapTemporalErrors({}, async () => {
    const found = new Set<string>();
    for await (const run of client.workflow.list({ query: KNOWN })) found.add(run.workflowId);
    return found;
  });
  return [...ids].toSorted();
}

async function listFinished(store: ReceiptStore): Promise<readonly IterationRow[]> {
  const rows: IterationRow[] = [];
  for (const id of await finishedIds(store)) {
    const receipt = await readReceipt(store, id);
    if (receipt !== null) rows.push(receiptRow(receipt));
  }
  return rows.toSorted((a, b) => b.since.localeCompare(a.since));
}

function toRow(run: WorkflowExecutionInfo): IterationRow {
  const attributes = run.typedSearchAttributes;
  const startedAt = run.startTime.toISOString();
  return {
    id: run.workflowId,
    state: 'running',
    project: attributes.get(SEARCH_ATTRIBUTES.project) ?? '',
    task: attributes.get(SEARCH_ATTRIBUTES.task) ?? '',
    connection: attributes.get(SEARCH_ATTRIBUTES.connection) ?? '',
    step: attributes.get(SEARCH_ATTRIBUTES.step) ?? '',
    waitingFor: indexedWaitingFor(attributes.get(SEARCH_ATTRIBUTES.waitingFor)),
    since: attributes.get(SEARCH_ATTRIBUTES.since)?.toISOString() ?? startedAt,
    startedAt,
  };
}

function receiptRow(receipt: Receipt): IterationRow {
  return {
    id: receipt.id,
    state: 'done',
    project: receipt.input.project,
    task: receipt.input.task,
    connection: receipt.input.connection,
    step: 'done',
    waitingFor: 'nothing',
    since: receipt.endedAt,
    startedAt: receipt.startedAt,
  };
}
