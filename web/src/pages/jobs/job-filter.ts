import type { Job } from './board.ts';
import { isSame, whoHas, type People, type Who } from './who.ts';

/** Which jobs are shown. */
export const KINDS = ['open', 'overdue', 'rejected', 'fast', 'all'] as const;
export type Kind = (typeof KINDS)[number];

/** What each kind is called. */
export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  open: 'Open',
  overdue: 'Overdue',
  rejected: 'Rejected',
  fast: 'Untouched and very fast',
  all: 'All',
};

const HOLDS: Readonly<Record<Kind, (job: Job) => boolean>> = {
  open: ({ isComplete }) => !isComplete,
  overdue: ({ isOverdue }) => isOverdue,
  rejected: ({ isRejected }) => isRejected,
  fast: ({ isUntouchedFast }) => isUntouchedFast === true,
  all: () => true,
};

/** The kind that an address names; open jobs where it names none. */
export function kindOf(text: string | null): Kind {
  return KINDS.find((kind) => kind === text) ?? 'open';
}

/** How many of these jobs are of the kind. */
export function countOf(jobs: readonly Job[], kind: Kind): number {
  return jobs.filter(HOLDS[kind]).length;
}

/** The jobs of a kind and person (null for everybody), the most urgent first. */
export function pickJobs(
  jobs: readonly Job[],
  { kind, who, people }: { readonly kind: Kind; readonly who: Who | null; readonly people: People },
): readonly Job[] {
  const isTheirs = (job: Job): boolean => who === null || isSame(whoHas(job, people), who);
  return jobs.filter((job) => HOLDS[kind](job) && isTheirs(job)).toSorted(byUrgency);
}

/** Overdue before rejected before taken up again before open before complete; of the same, what was changed longest ago. */
function byUrgency(a: Job, b: Job): number {
  return rank(a) - rank(b) || Date.parse(a.updatedAt) - Date.parse(b.updatedAt) || a.job - b.job;
}

function rank({ isOverdue, isRejected, isReopened, isComplete }: Job): number {
  const order = [isOverdue, isRejected, isReopened, !isComplete];
  const at = order.indexOf(true);
  return at === -1 ? order.length : at;
}
