import type { IterationRow } from '../list-iterations.ts';

/** One line of the list with all that it can be narrowed by. */
export interface ListedIteration extends IterationRow {
  /** A person has to decide. */
  readonly attention: boolean;
  /** ISO time until when people have time; null for no deadline, or where no worker tells. */
  readonly deadline: string | null;
  /** User names in CVAT of those who were given jobs or review them, sorted. */
  readonly people: readonly string[];
}

/** What has to hold for a line; nothing is asked of what is left out. */
export interface ListFilter {
  readonly state?: 'running' | 'done' | undefined;
  readonly connection?: string | undefined;
  readonly project?: string | undefined;
  readonly step?: string | undefined;
  readonly waitingFor?: string | undefined;
  readonly attention?: boolean | undefined;
  /** ISO time. */
  readonly deadlineBefore?: string | undefined;
  readonly person?: string | undefined;
}

/** True if the filter needs what only a worker tells of a running iteration. */
export function needsDetails({ deadlineBefore, person }: ListFilter): boolean {
  return deadlineBefore !== undefined || person !== undefined;
}

/** True if the filter may hold for a finished iteration. */
export function mayBeFinished({ state, attention, step, waitingFor }: ListFilter): boolean {
  return isOpenTo(state, 'done') && attention !== true && isOpenTo(step, 'done') && isOpenTo(waitingFor, 'nothing');
}

function isOpenTo(given: string | undefined, value: string): boolean {
  return given === undefined || given === value;
}

/** True if a line is one of those that are asked for. */
export function matchesFilter(row: ListedIteration, filter: ListFilter): boolean {
  const { state, connection, project, step, waitingFor, attention, deadlineBefore, person } = filter;
  return (
    (state === undefined || row.state === state) &&
    (connection === undefined || row.connection === connection) &&
    (project === undefined || row.project === project) &&
    (step === undefined || row.step === step) &&
    (waitingFor === undefined || row.waitingFor === waitingFor) &&
    (attention === undefined || row.attention === attention) &&
    (deadlineBefore === undefined ||
      (row.deadline !== null && Date.parse(row.deadline) <= Date.parse(deadlineBefore))) &&
    (person === undefined || row.people.includes(person))
  );
}
