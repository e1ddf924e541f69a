import { fileURLToPath } from 'node:url';
import { countOf } from '../../contracts/count-of.ts';
import type { LastPolicy } from '../../contracts/deadline.ts';
import type { FirstMasks, IterationTemplate, LoopPolicy } from '../../contracts/loop.ts';
import type { PoolSource, SelectionOptions } from '../../contracts/selection.ts';
import { writeDuration } from '../../notation/duration.ts';
import { writeMixture } from '../../notation/mixture.ts';
import { conversionWords } from './conversion-words.ts';
import { noticeRows } from './notice-words.ts';
import { stopRows } from './stop-words.ts';
import { trainingRows } from './training-words.ts';

/** One thing that a policy says: what it is about, and the rest in words. */
export type PolicyRow = readonly [string, string];

/**
 * What a loop does, in plain words, one thing a row. What is about the same thing has the same first cell in every policy,
 * so that two policies can be held against each other.
 */
export function policyRows(policy: LoopPolicy): readonly PolicyRow[] {
  const { iteration } = policy;
  const { training } = iteration;
  return [
    ['loop', `${policy.name}, of project "${policy.project}" in CVAT, connection ${policy.connection}`],
    ['tasks', taskWords(policy)],
    ['classes', placeWords(policy.categories.uri)],
    ['frames', poolWords(policy.pool)],
    ['groups', groupWords(training.group)],
    ['batch', batchWords(policy)],
    ['chosen by', selectionWords(policy.selection)],
    ['first masks', firstWords(policy.firstMasks)],
    ['masks', conversionWords(iteration)],
    ['project', projectWords(iteration)],
    ['people', peopleWords(iteration)],
    ['done when', doneWords(iteration)],
    ...trainingRows(training, policy.heldOutTask),
    ...stopRows(policy.stop),
    ...noticeRows(policy.notices),
    ['patience', patienceWords(iteration)],
  ];
}

/** An address as a person reads it: a path where it is one of this machine. */
export function placeWords(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}

function taskWords({ taskName, existingTasks, iteration }: LoopPolicy): string {
  const names = `${taskName.replace('{n}', '1')}, ${taskName.replace('{n}', '2')}, …`;
  const others = existingTasks === 'adopt' ? 'taken as iterations' : 'passed over';
  const jobs = iteration.segmentSize === null ? 'one job each' : `jobs of ${countOf(iteration.segmentSize, 'frame')}`;
  return `${names}; ${jobs}; those that are there already are ${others}`;
}

function poolWords(pool: PoolSource): string {
  if (pool.kind === 'datastore') return 'images of MONAI Label that nobody has labelled';
  if (pool.kind === 'folder') return `${placeWords(pool.uri)}, read again for each iteration`;
  return `${placeWords(pool.images.uri)}, ${countOf(pool.images.files, 'file')} as they are now`;
}

function groupWords(group: string | undefined): string {
  if (group === undefined) return 'each frame alone';
  return group === 'folder' ? 'frames of a folder belong together' : `frames with the same ${group} belong together`;
}

function batchWords({ batchSize, minNewFrames, pace }: LoopPolicy): string {
  const begins = pace === 'schedule' ? 'when it is asked for' : 'as soon as the one before has ended';
  const least = minNewFrames > 1 ? `, with at least ${minNewFrames} to choose from` : '';
  return `${countOf(batchSize, 'frame')} an iteration; one begins ${begins}${least}`;
}

function selectionWords({ mixture, seed, uncertainty, candidates, thinning }: SelectionOptions): string {
  const source = mixture.some(({ strategy }) => strategy === 'uncertainty') ? ` (from: ${uncertainty})` : '';
  const thinned = thinning === 0 ? 'none thinned' : `such as look alike thinned below ${thinning}`;
  return `${writeMixture(mixture)}${source}; ${countOf(candidates, 'candidate')}, ${thinned}; seed ${seed}`;
}

function firstWords(first: FirstMasks): string {
  const then = 'then what the published model predicts';
  if (first.kind === 'none') return `none while no model is published; ${then}`;
  if (first.kind === 'predict') return 'what the published model predicts; it has to be there';
  return `${placeWords(first.masks.uri)}, ${countOf(first.masks.files, 'file')}; ${then}`;
}

function projectWords({ createProject, syncLabels }: IterationTemplate): string {
  const made = createProject ? 'is made where there is none' : 'has to be there';
  return `${made}; labels that it lacks are ${syncLabels ? '' : 'not '}added`;
}

function patienceWords({ completion, timing }: IterationTemplate): string {
  const { heartbeatTimeoutMs, unreachableAfterMs, importStuckAfterMs, stalledAfterMs } = timing;
  const limits: readonly (readonly [string, number | undefined])[] = [
    ['a worker is lost', heartbeatTimeoutMs],
    ['a server away', unreachableAfterMs],
    ['an import stuck', importStuckAfterMs],
    ['a training stalled', stalledAfterMs],
  ];
  const told = limits.map(([what, ms]) => (ms === undefined ? [] : [`${what} after ${writeDuration(ms)}`]));
  return `CVAT is read every ${writeDuration(completion.pollMs)}; ${told.flat().join(', ')}`;
}

function peopleWords({ people, review, tellPeople }: IterationTemplate): string {
  const given = people.length === 0 ? 'jobs are given to nobody' : `jobs are given to ${people.join(', ')}`;
  const jobs = `${given}; corrections are told ${{ names: 'by name', pseudonyms: 'as person 1, 2, …', none: 'of nobody' }[tellPeople]}`;
  if (review === undefined) return `${jobs}; no review`;
  const { pick, reviewers } = review;
  const which =
    pick.kind === 'all'
      ? 'all jobs'
      : pick.kind === 'share'
        ? `${pick.share} of the jobs`
        : `the ${countOf(pick.jobs, 'job')} that people changed most`;
  return `${jobs}; ${reviewers.join(', ')} review ${which}`;
}

function doneWords({ completion, deadline, seal }: IterationTemplate): string {
  const { rule, atLeast } = completion;
  const jobs = rule === 'acceptance' ? 'every job is accepted' : 'every job is completed';
  const done = atLeast === undefined ? jobs : `${atLeast} of the frames are in completed jobs`;
  const quiet = seal.quietMs === 0 ? '' : ` and nobody has changed one for ${writeDuration(seal.quietMs)}`;
  if (deadline === undefined) return `${done}${quiet}; no deadline`;
  return `${done}${quiet}; after ${writeDuration(deadline.afterMs)} ${deadlineWords(deadline)}`;
}

const AT_LAST: Readonly<Record<LastPolicy, string>> = {
  attention: 'a person is asked',
  continue: 'it goes on with completed jobs',
  carry: 'it goes on with completed jobs and carries the others',
};

function deadlineWords({ policy, more }: NonNullable<IterationTemplate['deadline']>): string {
  if (policy !== 'extend' && policy !== 'reassign') return AT_LAST[policy];
  if (more === undefined) return AT_LAST.attention;
  const { byMs, times, people, last } = more;
  const given = people.length === 0 ? '' : `, open jobs are given to ${people.join(', ')}`;
  return `people get ${writeDuration(byMs)} more, ${countOf(times, 'time')}${given}; then ${AT_LAST[last]}`;
}
