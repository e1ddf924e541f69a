import type { AtDeadline } from '../../contracts/deadline.ts';

/** A job that is not complete. */
export interface OpenJob {
  /** User name in CVAT; null for nobody. */
  readonly assignee: string | null;
  /** True for the second look of a reviewer. */
  readonly isReview: boolean;
  readonly frames: number;
}

/** An iteration whose people are waited for. Times are ISO. */
export interface PeopleAtWork {
  readonly id: string;
  readonly project: string;
  readonly task: string;
  /** Of the task in CVAT. */
  readonly url: string;
  readonly startedAt: string;
  readonly deadline: { readonly at: string; readonly policy: AtDeadline } | null;
  readonly open: readonly OpenJob[];
}

/** What one person has. */
export interface Share {
  readonly who: string | null;
  readonly jobs: number;
  readonly frames: number;
}

/** What each person has, by name, and last what nobody has. */
export function sharesOf(open: readonly OpenJob[]): readonly Share[] {
  const shares = new Map<string | null, Share>();
  for (const { assignee, frames } of open) {
    const known = shares.get(assignee) ?? { who: assignee, jobs: 0, frames: 0 };
    shares.set(assignee, { ...known, jobs: known.jobs + 1, frames: known.frames + frames });
  }
  return [...shares.values()].toSorted((a, b) => {
    if (a.who === null || b.who === null) return a.who === null ? 1 : -1;
    return a.who < b.who ? -1 : 1;
  });
}
