import { mayAct, type Role } from '../../../../../src/contracts/role.ts';
import { resultsOf, type IterationView } from '../view-facts.ts';

/** What a person can do about an iteration. */
export type ActionName =
  | 'retry'
  | 'skip'
  | 'approve'
  | 'decline'
  | 'extend'
  | 'reassign'
  | 'seal'
  | 'wake'
  | 'pause'
  | 'resume'
  | 'cancel';

/** The least role for each, as the API has it. */
export const ACTION_ROLES: Readonly<Record<ActionName, Role>> = {
  retry: 'lead',
  skip: 'lead',
  approve: 'lead',
  decline: 'lead',
  extend: 'lead',
  reassign: 'lead',
  seal: 'lead',
  wake: 'lead',
  pause: 'operator',
  resume: 'operator',
  cancel: 'operator',
};

/** What is offered: answers to what the iteration waits for, and what can be done at any time. */
export interface OfferedActions {
  readonly answers: readonly ActionName[];
  readonly others: readonly ActionName[];
}

type Told = Pick<IterationView, 'state' | 'status' | 'activities' | 'receipt'>;

/** What the state of an iteration allows, and the role of who looks. */
export function offeredActions(view: Told, role: Role): OfferedActions {
  const { state, status } = view;
  if (state !== 'running' || status?.step === 'done') return { answers: [], others: [] };
  const may = (name: ActionName): boolean => mayAct(role, ACTION_ROLES[name]);
  const answers: readonly ActionName[] = (status?.choices ?? []).filter((name) => name !== 'cancel');
  if (status?.cancelled === true) return { answers: answers.filter(may), others: [] };
  const others = [...peopleActions(view), pausing(status), 'cancel' as const].filter((name) => !answers.includes(name));
  return { answers: answers.filter(may), others: others.filter(may) };
}

/** Without an answer of a worker it is not known whether an iteration is paused: pausing it again does no harm. */
function pausing(status: IterationView['status']): ActionName {
  return status?.paused === true ? 'resume' : 'pause';
}

function peopleActions(view: Told): readonly ActionName[] {
  const { status, activities } = view;
  if (status === null) return [];
  const isBeforeEnd = !status.steps.some(({ step }) => step === 'wait');
  const { task } = resultsOf(view);
  const isQuiet = !status.paused && activities.some(({ name }) => name === 'awaitQuiet');
  return [
    ...(isQuiet ? (['seal'] as const) : []),
    ...(isBeforeEnd && (status.step === 'wait' || status.deadline !== null) ? (['extend'] as const) : []),
    ...(isBeforeEnd && task !== undefined ? (['reassign'] as const) : []),
    ...(status.step === 'wait' && status.waitingFor === 'people' ? (['wake'] as const) : []),
  ];
}
