import { countOf } from '../contracts/count-of.ts';
import type { ImportScope } from '../contracts/iteration.ts';
import type { NativeAnnotations } from '../cvat/native-annotations.ts';
import type { Annotations, Job } from '../cvat/cvat.ts';
import { contentDigest, countItems } from '../cvat/native-items.ts';
import { shapeDigest } from '../cvat/shape-digest.ts';
import { typedAnnotations } from '../cvat/typed-annotations.ts';
import type { ExpectedShape } from './expected-shapes.ts';
import { shapeBatches } from './shape-batches.ts';
import { withoutShapes } from './task-content.ts';

/**
 * What an import does with one job.
 *
 * - `keep`: it holds exactly what it should, or what somebody has made of that since an earlier try.
 * - `fill`: it is new and empty, or a crash left it with the first of several requests.
 * - `rebuild`: it is new and holds exactly what an earlier import of ours put there.
 * - `leave`: anything else.
 */
export interface JobPlan {
  readonly job: Job;
  readonly action: 'keep' | 'fill' | 'rebuild' | 'leave';
  /** Why it is left alone; empty else. */
  readonly reason: string;
  readonly expected: readonly ExpectedShape[];
  /** What of {@link expected} has to be added. */
  readonly missing: readonly ExpectedShape[];
}

/** The shapes that belong on the frames of a job. */
export function expectedInJob(
  expected: readonly ExpectedShape[],
  job: Pick<Job, 'startFrame' | 'stopFrame'>,
): readonly ExpectedShape[] {
  return expected.filter(({ frame }) => frame >= job.startFrame && frame <= job.stopFrame);
}

/** True while nobody can have been asked to work on a job. */
export function isNew({ state, stage }: Pick<Job, 'state' | 'stage'>): boolean {
  return state === 'new' && stage === 'annotation';
}

/**
 * True if a job holds these shapes and nothing else, all of them marked as ours.
 *
 * @param leftOut shapes of frames that are deleted by now: had they been sent before, they may still be there
 */
export function holdsExactly(
  held: Annotations,
  expected: readonly ExpectedShape[],
  leftOut: readonly ExpectedShape[] = [],
): boolean {
  const { tracks, tags } = held;
  const shapes = withoutShapes(held.shapes, leftOut);
  if (tracks + tags > 0 || shapes.length !== expected.length) return false;
  return shapes.every(({ source }) => source === 'auto') && shapeDigest(shapes) === shapeDigest(expected);
}

/**
 * Decides what happens to a job.
 *
 * @param given.expected the shapes of the whole task
 * @param given.recorded digest of what an earlier import of ours put into this job; undefined where none is known
 */
export function planJob(
  job: Job,
  held: NativeAnnotations,
  given: {
    readonly expected: readonly ExpectedShape[];
    /** Shapes of frames that are deleted by now. */
    readonly leftOut: readonly ExpectedShape[];
    readonly recorded: string | undefined;
    /** True if this import has written it, and somebody worked on it since. */
    readonly workedOn: boolean;
    readonly scope: ImportScope;
  },
): JobPlan {
  const expected = expectedInJob(given.expected, job);
  const typed = typedAnnotations(held);
  const plan = (action: JobPlan['action'], reason = '', missing: JobPlan['missing'] = []): JobPlan => {
    return { job, action, reason, expected, missing };
  };
  if (holdsExactly(typed, expected, given.leftOut) || given.workedOn) return plan('keep');
  if (!isNew(job)) return plan('leave', `is ${job.state} in the stage ${job.stage}`);
  if (countItems(held) === 0) return plan('fill', '', expected);
  const rest = restAfter(typed, expected);
  if (rest !== null) return plan('fill', '', rest);
  if (given.scope !== 'rebuild') return plan('leave', `holds ${contentText(typed)}`);
  if (given.recorded === contentDigest([held])) return plan('rebuild', '', expected);
  return plan('leave', `holds ${contentText(typed)}, not just what maskloop put there`);
}

/** What is missing where a job holds exactly the first requests of several; null for anything else. */
function restAfter(held: Annotations, expected: readonly ExpectedShape[]): readonly ExpectedShape[] | null {
  let sent = 0;
  for (const batch of shapeBatches(expected)) {
    sent += batch.length;
    if (sent >= held.shapes.length) break;
  }
  return sent < expected.length && holdsExactly(held, expected.slice(0, sent)) ? expected.slice(sent) : null;
}

function contentText({ shapes, tracks, tags }: Annotations): string {
  const sources = new Map<string, number>();
  for (const { source } of shapes) sources.set(source, (sources.get(source) ?? 0) + 1);
  const bySource = [...sources].map(([source, count]) => `${count} ${source}`).join(', ');
  const counts = [
    ...(shapes.length > 0 ? [`${countOf(shapes.length, 'shape')} (${bySource})`] : []),
    ...(tracks > 0 ? [countOf(tracks, 'track')] : []),
    ...(tags > 0 ? [countOf(tags, 'tag')] : []),
  ];
  return counts.join(', ');
}
