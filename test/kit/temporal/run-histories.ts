import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { StartedRun } from './start-recorder.ts';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** One run and all that it recorded so far. */
export interface RunHistory {
  readonly workflowId: string;
  readonly runId: string;
  readonly history: temporal.api.history.v1.IHistory;
  readonly events: readonly HistoryEvent[];
}

/**
 * Histories of the given runs and of all that belong to them: the runs before and after along continue-as-new,
 * and children with theirs. Each run once, in the order in which they are reached.
 */
export async function fetchRunHistories(
  client: Client,
  started: readonly StartedRun[],
): Promise<readonly RunHistory[]> {
  const found = new Map<string, RunHistory>();
  const todo = [...started];
  for (let run = todo.shift(); run !== undefined; run = todo.shift()) {
    if (run.runId !== undefined && found.has(run.runId)) continue;
    const fetched = await fetchRun(client, run);
    if (found.has(fetched.runId)) continue;
    found.set(fetched.runId, fetched);
    todo.push(...fetched.events.flatMap((event) => relatives(event, fetched.workflowId)));
  }
  return [...found.values()];
}

async function fetchRun(client: Client, { workflowId, runId }: StartedRun): Promise<RunHistory> {
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const events = history.events ?? [];
  const ownRunId = events[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? runId;
  if (typeof ownRunId !== 'string' || ownRunId === '') throw new Error(`the history of ${workflowId} has no beginning`);
  return { workflowId, runId: runId ?? ownRunId, history, events };
}

/** Runs that an event names: the one before, the one after, or a child. */
function relatives(event: HistoryEvent, workflowId: string): StartedRun[] {
  const child = event.childWorkflowExecutionStartedEventAttributes?.workflowExecution;
  const neighbours = [
    event.workflowExecutionStartedEventAttributes?.continuedExecutionRunId,
    event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId,
    event.workflowExecutionCompletedEventAttributes?.newExecutionRunId,
    event.workflowExecutionFailedEventAttributes?.newExecutionRunId,
    event.workflowExecutionTimedOutEventAttributes?.newExecutionRunId,
  ];
  return [
    ...neighbours.flatMap((runId) => (isText(runId) ? [{ workflowId, runId }] : [])),
    ...(isText(child?.workflowId) && isText(child.runId) ? [{ workflowId: child.workflowId, runId: child.runId }] : []),
  ];
}

function isText(value: string | null | undefined): value is string {
  return value !== undefined && value !== null && value !== '';
}
