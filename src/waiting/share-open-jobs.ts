import type { CompletionRule } from '../contracts/waiting.ts';
import type { Job } from '../cvat/cvat.ts';
import { isComplete } from './complete-job.ts';
import { framesOfJobs } from './frames-of-jobs.ts';

/** A job that is given from one person to another. */
export interface JobShare {
  readonly job: number;
  /** User name of whom it is; null for nobody. */
  readonly from: string | null;
  readonly to: string;
}

/**
 * Shares the open jobs of people who are not named out among those who are: in the order of their frames, each to the person
 * who has the fewest open frames by then; the one named first where it is equal. Jobs that a named person has stay theirs.
 *
 * @param options `inReview`: jobs beyond the stage annotation are in a review of ours, and stay with their reviewers
 */
export function shareOpenJobs(
  jobs: readonly Job[],
  people: readonly string[],
  { rule, inReview }: { readonly rule: CompletionRule; readonly inReview: boolean },
): readonly JobShare[] {
  const open = jobs.filter((job) => !isComplete(job, rule));
  const load = new Map(people.map((name) => [name, framesOfJobs(open.filter(hasPerson(name)), []).size]));
  const others = open.filter(({ assignee, stage }) => {
    return (assignee === null || !load.has(assignee)) && (stage === 'annotation' || !inReview);
  });
  const shares: JobShare[] = [];
  for (const job of others.toSorted((a, b) => a.startFrame - b.startFrame || a.id - b.id)) {
    const [to] = people.toSorted((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0));
    if (to === undefined) return [];
    load.set(to, (load.get(to) ?? 0) + framesOfJobs([job], []).size);
    shares.push({ job: job.id, from: job.assignee, to });
  }
  return shares;
}

function hasPerson(name: string): (job: Pick<Job, 'assignee'>) => boolean {
  return ({ assignee }) => assignee === name;
}
