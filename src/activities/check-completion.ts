import type { ForIteration } from '../contracts/iteration.ts';
import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import { reviewOfInput } from '../contracts/only-observed.ts';
import type { JobsSeen } from '../contracts/progress.ts';
import { howMany, numbersOf, toRanges } from '../contracts/ranges.ts';
import type { CompletionRef, TaskRef } from '../contracts/refs.ts';
import type { WaitTerms } from '../contracts/waiting.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import { newestChange } from '../collect/quiet.ts';
import { decideCompletion, type Counts, type Verdict } from '../waiting/decide-completion.ts';
import { addedJobs } from '../waiting/counted-jobs.ts';
import { rememberJobs } from '../waiting/job-memory.ts';
import { pendingFacts, pendingText } from '../waiting/pending-text.ts';
import { reviewNeeds } from '../waiting/review-needs.ts';
import { isComplete } from '../waiting/complete-job.ts';
import { annotationJobs } from './annotation-jobs.ts';
import type { ActivityDependencies, Connection } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { keepCarried } from './keep-carried.ts';
import { keepRanges } from './kept-ranges.ts';
import { createWatchPeople, type WatchPeople } from './notices/watch-people.ts';
import { pollMemory } from './poll-memory.ts';
import { readSurroundings, type Surroundings } from './read-surroundings.ts';
import { requireContent } from './require-content.ts';
import { createSharedJobs } from './shared-jobs.ts';
import { throughOutages } from './through-outages.ts';
import { failureFrom } from './to-failure.ts';
import { isSameKnowledge, noteJobs, recallJobs, type JobsKnown } from './wait-memory.ts';
import { rulesOf, termsOf } from './wait-terms.ts';
import { createWebhookWatch } from './webhook-watch.ts';
import { withPace } from './with-pace.ts';

/** Without a change of any job, what is around them is read again after so many looks. */
const LOOKS_BETWEEN = 20;

/** Ranges of deleted frames that are remembered from look to look; a decision reads them anew. */
const MOST_RANGES = 300;

/** Ranges of unfinished frames in what the wait ends with; of the jobs all are stored, and decide. */
const MOST_FRAME_RANGES = 50;

/** A look happens at most so long after the deadline, in milliseconds. */
const LEAST_WAIT_MS = 1000;

type Args = ForIteration & { readonly task: TaskRef; readonly terms: WaitTerms };
type Where = Pick<ActivityDependencies, 'store'> & Pick<Connection, 'cvat'> & { readonly watchPeople: WatchPeople };

/** What the poll ends with or waits for. */
interface Look {
  readonly jobs: readonly Job[];
  readonly verdict: Verdict;
  readonly around: Surroundings;
}

/** True once jobs that somebody worked in at the deadline are to be looked at again. */
function isSharingDue({ sharingDueAt }: WaitTerms): boolean {
  return sharingDueAt !== undefined && Date.now() >= Date.parse(sharingDueAt);
}

/** Reads the jobs, and what is around them where something has changed or a decision rests on it. */
async function look(where: Where, args: Args, running: Running, seen: JobsSeen | null): Promise<Look> {
  const { input, task, terms, id } = args;
  const jobs = await annotationJobs(where.cvat, task, running.signal);
  const { deadline, moreTime = false } = terms;
  // A deadline that will be moved drops no review.
  const isOverdue = deadline !== null && !moreTime && Date.now() >= Date.parse(deadline);
  const nowMs = reviewOfInput(input) === undefined ? Date.now() : await where.cvat.clock(running.signal);
  const needs = reviewNeeds(jobs, { input, record: terms.review, iteration: id, isOverdue, nowMs });
  if (needs.isDue) throw failureFrom(new MaskloopError('HandOverDue', `Jobs are to be handed over: ${task.url}`), true);
  if (isSharingDue(terms))
    throw failureFrom(new MaskloopError('SharingDue', `Jobs are to be shared out: ${task.url}`), true);
  const decide = ({ deletedFrames }: Surroundings): Verdict =>
    decideCompletion({ jobs, deletedFrames, isHeldBack: needs.isHeldBack }, rulesOf(input, terms), Date.now());
  if (seen !== null && seen.changedAt === newestChange(jobs) && running.attempt % LOOKS_BETWEEN !== 0) {
    const known = { deletedFrames: numbersOf(seen.deletedFrames), notes: seen.notes };
    const verdict = decide(known);
    if (verdict.kind === 'pending') return { jobs, verdict, around: known };
  }
  const around = await readSurroundings(where, args, running.signal);
  const added = addedJobs(jobs, task).length;
  const addedText = added === 1 ? '1 job is new since the upload' : `${added} jobs are new since the upload`;
  const notes = [...around.notes, ...needs.notes, ...(added === 0 ? [] : [addedText])];
  return { jobs, verdict: decide(around), around: { ...around, notes } };
}

/** The end of the wait, for the state and the receipt. */
async function completionOf(
  where: Where,
  verdict: Extract<Verdict, { kind: 'complete' }>,
  args: Args,
  { notes, signal }: { readonly notes: readonly string[]; readonly signal: AbortSignal },
): Promise<CompletionRef> {
  const { why, unfinished, unfinishedFrames, counts } = verdict;
  const base = { jobs: counts.jobs, completedAt: new Date().toISOString(), ...(notes.length === 0 ? {} : { notes }) };
  if (why === 'all') return base;
  const frames = { total: howMany(unfinishedFrames), first: unfinishedFrames.slice(0, MOST_FRAME_RANGES) };
  const isCarried = args.terms.policy === 'carry' && frames.total > 0;
  const carried = isCarried
    ? ({ carried: true, carriedFrames: await keepCarried(where, args, unfinishedFrames, signal) } as const)
    : {};
  const { first, more } = await keepRanges(where.store, unfinished);
  const rest = more === null ? {} : { unfinishedMore: more };
  return { ...base, why, unfinished: first, ...rest, unfinishedFrames: frames, ...carried };
}

function passed({ terms, task }: Args, counts: Counts): MaskloopError {
  const { jobs, completed, frames, completedFrames } = counts;
  const nothing = completedFrames === 0 ? '; there is nothing to go on with' : '';
  return new MaskloopError(
    'DeadlinePassed',
    `The deadline ${terms.deadline} has passed: ${completed} of ${jobs} jobs are completed (${completedFrames} of ${frames} frames)${nothing}: ${task.url}`,
    { facts: { deadline: terms.deadline, jobs, completed, frames, completedFrames, url: task.url } },
  );
}

/** Until the next look, in milliseconds: the poll's interval, or less where the deadline comes sooner. */
function untilNextLook({ input, terms }: Args): number {
  const { pollMs } = input.completion;
  if (terms.deadline === null) return pollMs;
  const leftMs = Date.parse(terms.deadline) - Date.now();
  return leftMs <= 0 ? pollMs : Math.min(pollMs, Math.max(LEAST_WAIT_MS, leftMs));
}

/** What was known before this look: from the one before it, else from the polls before and the seal. */
async function knownBefore({ store }: Where, { id, task, terms }: Args, seen: JobsSeen | null): Promise<JobsKnown> {
  if (seen !== null) return seen;
  const noted = await recallJobs(store, { id, task });
  const told = numbersOf(noted?.reopened ?? []).concat(terms.reopened ?? []);
  return { completed: noted?.completed ?? [], reopened: toRanges(told) };
}

interface Polling {
  readonly running: Running;
  /** What the poll knows by now. */
  seen: JobsSeen | null;
}

async function readCompletion(where: Where, args: Args, polling: Polling): Promise<CompletionRef> {
  const { running } = polling;
  const { jobs, verdict, around } = await look(where, args, running, polling.seen);
  const { input, task } = args;
  const judged = jobs.map((job) => ({ id: job.id, complete: isComplete(job, input.completion.rule) }));
  const before = await knownBefore(where, args, polling.seen);
  const remembered = rememberJobs(before, judged);
  if (!isSameKnowledge(before, remembered)) await noteJobs(where.store, args, remembered);
  const seen: JobsSeen = {
    ...remembered,
    changedAt: newestChange(jobs),
    deletedFrames: toRanges(around.deletedFrames).slice(0, MOST_RANGES),
    notes: around.notes,
  };
  polling.seen = seen;
  running.report({ phase: 'jobs', failingSince: null, seen });
  if (verdict.kind === 'complete') await requireContent(where.cvat, { ...args, jobs }, running.signal);
  await where.watchPeople({ ...args, jobs, verdict }, running.signal);
  if (verdict.kind === 'complete') {
    return completionOf(where, verdict, args, { notes: around.notes, signal: running.signal });
  }
  if (verdict.kind === 'attention') throw passed(args, verdict.counts);
  const pending = { counts: verdict.counts, url: task.url, reopened: remembered.reopened, notes: around.notes };
  throw new MaskloopError('AnnotationPending', pendingText(pending), {
    facts: pendingFacts(pending),
    retryAfterMs: untilNextLook(args),
  });
}

/**
 * One read of the jobs. It ends when people are done; else it fails, and Temporal tries again after the poll interval
 * without writing history. An outage that outlasts `unreachableAfterMs` ends the poll, so that it can be shown.
 */
export function createCheckCompletion({
  connect,
  store,
  office,
  installation,
}: ActivityDependencies): IterationActivities['checkCompletion'] {
  const pace = { shared: createSharedJobs(), watch: createWebhookWatch(installation) };
  const watchPeople = createWatchPeople(office === undefined ? { store } : { store, office });
  return durable(async (given, running) => {
    const { input } = given;
    const { cvat } = connect(input.connection);
    const args: Args = { ...given, terms: termsOf(input, given.terms) };
    const polling: Polling = { running, seen: pollMemory(running.lastReport).seen };
    const patience = { unreachableAfterMs: input.timing.unreachableAfterMs, seen: () => polling.seen };
    const read = async (from: Cvat, paced: Args) => readCompletion({ cvat: from, store, watchPeople }, paced, polling);
    return throughOutages(running, patience, () => withPace(pace, { cvat, args, running, read }));
  });
}
