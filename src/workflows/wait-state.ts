import type { Facts } from '../contracts/error.ts';
import type { Choice, IterationInput, IterationState } from '../contracts/iteration.ts';
import type { FailureCode } from '../contracts/failures.ts';
import type { Extension } from '../contracts/messages.ts';
import type { Reassignment, ReviewRecord, WaitState, WaitTerms } from '../contracts/waiting.ts';
import type { MoreTime, PassedDeadline, SharedJobs } from '../contracts/deadline.ts';
import { deadlineNow, deadlineOf, moreTimeLeft, policyOf } from './deadline-now.ts';

/** Findings that a person may let pass. */
const APPROVABLE: readonly FailureCode[] = ['DeadlinePassed', 'TaskEmptied', 'LabelsChanged'];

const UNTOUCHED: WaitState = { approved: [] };

/** True while a person has to decide what becomes of a deadline that has passed; people may still complete the rest. */
export function isOverdue({ step, trouble }: Pick<IterationState, 'step' | 'trouble'>): boolean {
  return step === 'wait' && trouble?.code === 'DeadlinePassed';
}

/** What the poll is told. */
export function waitTerms(input: IterationInput, state: IterationState): WaitTerms {
  return {
    deadline: deadlineOf(input, state),
    policy: isOverdue(state) ? 'wait' : policyOf(input, state),
    approved: state.wait?.approved ?? [],
    review: state.wait?.review ?? null,
    importedShapes: state.results.imported?.shapes ?? 0,
    labelTable: state.results.labelTable?.table ?? null,
    ...(state.wait?.reopened === undefined ? {} : { reopened: state.wait.reopened }),
    ...(deadlineOf(input, state) === null || moreTimeLeft(input, state) === null ? {} : { moreTime: true as const }),
    ...sharingTerms(state),
    ...toldTerms(input, state),
  };
}

/** When jobs are shared out once more; never after a person has decided about the deadline, or while one has to. */
function sharingTerms(state: IterationState): Pick<WaitTerms, 'sharingDueAt'> {
  const dueAt = state.wait?.deadlines?.at(-1)?.shared?.againAt;
  return dueAt === undefined || state.wait?.policy !== undefined || isOverdue(state) ? {} : { sharingDueAt: dueAt };
}

/** What the poll needs to tell people; nothing where nobody is told. */
function toldTerms(input: IterationInput, state: IterationState): Pick<WaitTerms, 'startedAt' | 'atDeadline'> {
  if (input.notices === undefined) return {};
  const deadline = deadlineNow(input, state);
  return { startedAt: state.startedAt, ...(deadline === null ? {} : { atDeadline: deadline.policy }) };
}

/**
 * The deadline that a person asks for: `until`, or `byMs` after the deadline, or after now where that is later.
 *
 * @param now ISO time
 * @returns ISO time; null if it is no time, or not after now
 */
export function extendedDeadline(current: string | null, { until, byMs }: Extension, now: string): string | null {
  const from = Math.max(Date.parse(now), current === null ? 0 : Date.parse(current));
  const at = new Date(until === null ? from + (byMs ?? Number.NaN) : until);
  return at.getTime() > Date.parse(now) ? at.toISOString() : null;
}

/** Moves the deadline; what was decided about the one before is over. */
export function extend(state: IterationState, deadline: string, now: string): IterationState {
  const { policy: _, ...kept } = state.wait ?? UNTOUCHED;
  const wait = { ...kept, deadline };
  return withoutOverdue({ ...state, wait }, now);
}

/**
 * Moves a deadline that has passed, and remembers that.
 *
 * @param shared what became of the open jobs; null where they stay whose they are
 */
export function giveMoreTime(
  state: IterationState,
  input: IterationInput,
  { more, shared }: { readonly more: MoreTime; readonly shared: SharedJobs | null },
  now: string,
): IterationState {
  const at = deadlineOf(input, state) ?? now;
  const until = extendedDeadline(at, { until: null, byMs: more.byMs }, now) ?? now;
  const passed: PassedDeadline = { at, until, ...(shared === null ? {} : { shared }) };
  const next = extend(state, until, now);
  return { ...next, wait: { approved: [], ...next.wait, deadlines: [...(state.wait?.deadlines ?? []), passed] } };
}

/** Remembers how jobs lie after they were shared out once more for the deadline that passed last. */
export function shareAgain(state: IterationState, shared: SharedJobs): IterationState {
  const { wait } = state;
  const last = wait?.deadlines?.at(-1);
  if (wait?.deadlines === undefined || last === undefined) return state;
  return { ...state, wait: { ...wait, deadlines: [...wait.deadlines.slice(0, -1), { ...last, shared }] } };
}

/** True if what the iteration waits for can be let pass: a deadline only where there is something to go on with. */
export function isApprovable({ step, waitingFor, trouble }: IterationState): boolean {
  if (step !== 'wait' || waitingFor !== 'decision' || trouble === null) return false;
  return (
    APPROVABLE.includes(trouble.code) && (trouble.code !== 'DeadlinePassed' || trouble.facts['completedFrames'] !== 0)
  );
}

/** Lets pass what the iteration waits for. */
export function approve(state: IterationState, { carry }: { readonly carry: boolean }, now: string): IterationState {
  const { trouble } = state;
  if (trouble === null) return state;
  const wait = state.wait ?? UNTOUCHED;
  if (trouble.code !== 'DeadlinePassed')
    return { ...state, wait: { ...wait, approved: [...wait.approved, trouble.code] } };
  return withoutOverdue({ ...state, wait: { ...wait, policy: carry ? 'carry' : 'continue' } }, now);
}

function withoutOverdue(state: IterationState, now: string): IterationState {
  return isOverdue(state) ? { ...state, waitingFor: 'people', trouble: null, since: now } : state;
}

/** Remembers the jobs that a failure `TaskReopened` tells of, for the polls that follow. */
export function rememberReopened(state: IterationState, { jobs }: Facts): IterationState {
  if (!Array.isArray(jobs)) return state;
  const reopened = jobs.filter((id) => typeof id === 'number');
  return { ...state, wait: { ...(state.wait ?? UNTOUCHED), reopened } };
}

/** Remembers whose jobs are in review. */
export function rememberReview(state: IterationState, review: ReviewRecord): IterationState {
  return { ...state, wait: { ...(state.wait ?? UNTOUCHED), review } };
}

/** Rejected jobs of somebody whose work was given to another go back to that other. */
export function inheritReview(state: IterationState, { from, to, job }: Reassignment): IterationState {
  const review = state.wait?.review;
  if (review === undefined) return state;
  const theirs = review.annotators[from] ?? [];
  const given = theirs.filter((id) => job === null || id === job);
  if (given.length === 0) return state;
  const kept = theirs.filter((id) => !given.includes(id));
  const { [from]: _, ...others } = review.annotators;
  const annotators = {
    ...others,
    ...(kept.length === 0 ? {} : { [from]: kept }),
    [to]: [...(others[to] ?? []), ...given],
  };
  return rememberReview(state, { ...review, annotators });
}

/**
 * Rejected jobs of people whose open jobs a deadline gave away go to those who are named: each to the one who has the fewest in
 * review by then and does not review it. Where that is nobody, it goes back to its annotator.
 */
export function relieveInReview(state: IterationState, people: readonly string[]): IterationState {
  const review = state.wait?.review;
  if (review === undefined) return state;
  const relieved = Object.keys(review.annotators).filter((name) => name !== '' && !people.includes(name));
  const jobs = relieved.flatMap((from) => (review.annotators[from] ?? []).map((job) => ({ from, job })));
  return jobs.reduce((now, { from, job }) => {
    const { annotators = {}, reviewers = {} } = now.wait?.review ?? {};
    const [to] = people
      .filter((name) => reviewers[name]?.includes(job) !== true)
      .toSorted((a, b) => (annotators[a]?.length ?? 0) - (annotators[b]?.length ?? 0));
    return to === undefined ? now : inheritReview(now, { from, to, job });
  }, state);
}

/** What a person may answer while people are waited for. */
export function waitChoices(state: IterationState): readonly Choice[] {
  const extendable: readonly Choice[] = isOverdue(state) ? ['extend'] : [];
  const approvable: readonly Choice[] = isApprovable(state) ? ['approve'] : [];
  return ['retry', ...extendable, ...approvable, 'cancel'];
}
