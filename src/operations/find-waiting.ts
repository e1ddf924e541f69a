import type { Client } from '@temporalio/client';
import { ITERATION_WORKFLOW } from '../contracts/iteration.ts';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

/** A task of a connection by CVAT's id, or all tasks of a project by its name. */
export type WaitingPlace =
  | { readonly connection: string; readonly what: 'task'; readonly id: number }
  | { readonly connection: string; readonly what: 'project'; readonly name: string };

/** Steps that read the jobs of their task; before them nobody waits, after them the labels are sealed. */
const READING_STEPS = ["'upload'", "'wait'", "'collect'"];

/**
 * While it waits for these (an overdue one, which goes on reading, is indexed otherwise), a wake-up changes nothing: the step begins with a read of CVAT as soon as it goes on, and
 * every wake-up until then would only lengthen the history.
 */
const DEAF = ["'decision'", "'resume'"];

/**
 * Ids of the running iterations to which a change of the task or project may matter, sorted. The index is behind by
 * some milliseconds; what is missed by that is found by the poll.
 *
 * @throws MaskloopError `TemporalUnreachable`
 */
export async function findWaiting(client: Client, place: WaitingPlace): Promise<readonly string[]> {
  const query = waitingQuery(place);
  const ids = await mapTemporalErrors({}, async () => {
    const found: string[] = [];
    for await (const run of client.workflow.list({ query })) {
      const project = run.typedSearchAttributes.get(SEARCH_ATTRIBUTES.project);
      if (place.what === 'task' || project === place.name) found.push(run.workflowId);
    }
    return found;
  });
  return ids.toSorted();
}

/**
 * The question as Temporal's visibility store takes it. It does not name the project: in whatever way they are written,
 * the query language does not find texts with a double quote or a backslash.
 */
function waitingQuery(place: WaitingPlace): string {
  const { taskId, connection, step, waitingFor } = SEARCH_ATTRIBUTES;
  return [
    `WorkflowType = '${ITERATION_WORKFLOW}'`,
    `ExecutionStatus = 'Running'`,
    ...(place.what === 'task' ? [`${taskId.name} = ${place.id}`] : []),
    // Names of connections have letters, digits, `-`, `_` and `.` only.
    `${connection.name} = '${place.connection}'`,
    `${step.name} IN (${READING_STEPS.join(', ')})`,
    `${waitingFor.name} NOT IN (${DEAF.join(', ')})`,
  ].join(' AND ');
}
