import { MaskloopError } from '../../../src/contracts/error.ts';
import type { IterationStatus } from '../../../src/contracts/iteration.ts';
import type { IterationView } from '../../../src/operations/describe-iteration.ts';
import type { IterationIndex } from '../../../src/operations/lists/iteration-index.ts';
import { matchesFilter, type ListedIteration } from '../../../src/operations/lists/listed-iteration.ts';

const HOUR = 3_600_000;

/** ISO time so many hours before (or after, if negative) now. */
export function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * HOUR).toISOString();
}

/** A line of the list, running and with people for three hours if nothing else is said. */
export function listedIteration(changes: Partial<ListedIteration> & { readonly task: string }): ListedIteration {
  const project = changes.project ?? 'SurgVU';
  return {
    id: `${project}/${encodeURIComponent(changes.task)}`,
    state: 'running',
    project,
    connection: 'default',
    step: 'wait',
    waitingFor: 'people',
    since: hoursAgo(3),
    startedAt: hoursAgo(4),
    attention: changes.waitingFor === 'decision',
    deadline: null,
    people: [],
    ...changes,
  };
}

/** An index over given lines, the first of which began last. It tells how often it was asked. */
export function shownIndex(rows: () => readonly ListedIteration[]): IterationIndex & { readonly asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    page: async ({ filter, limit, cursor, sees }) => {
      asked += 1;
      const fitting = rows().filter((row) => sees(row.connection) && matchesFilter(row, filter));
      const begin = Number(cursor ?? 0);
      const next = begin + limit < fitting.length ? String(begin + limit) : null;
      return { iterations: fitting.slice(begin, begin + limit), next, truncated: false };
    },
    warm: async () => undefined,
    running: async () => [],
    known: async () => [],
  };
}

/** What is known of a line that waits because of something. @throws MaskloopError `IterationNotFound` for none of them */
export function viewOf(
  rows: readonly ListedIteration[],
  id: string,
  trouble: IterationStatus['trouble'],
  choices: IterationStatus['choices'] = [],
): IterationView {
  const row = rows.find((one) => one.id === id);
  if (row === undefined) throw new MaskloopError('IterationNotFound', `There is no iteration ${id}.`);
  const { project, task, connection, since, startedAt } = row;
  return {
    id,
    state: 'running',
    workerAnswers: true,
    status: {
      id,
      project,
      task,
      connection,
      step: row.step as IterationStatus['step'],
      since,
      waitingFor: row.waitingFor as IterationStatus['waitingFor'],
      paused: false,
      trouble,
      choices,
      steps: [],
      results: {},
      converted: null,
      startedAt,
    },
    index: { project, task, step: row.step, waitingFor: row.waitingFor, since },
    startedAt,
    endedAt: null,
    activities: [],
    turns: null,
    receipt: null,
  };
}
