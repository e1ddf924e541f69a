import { formatDuration } from '../../../../src/notation/duration-words.ts';
import type { DeadlineOptions, LastPolicy } from '../../../../src/contracts/deadline.ts';
import type { HeldOutSource } from '../../../../src/contracts/gate.ts';
import type { IterationInput } from '../../../../src/contracts/iteration.ts';
import type { TrainingOptions } from '../../../../src/contracts/training.ts';
import { formatTime } from '../../time/format-time.ts';

const LAST: Readonly<Record<LastPolicy, string>> = {
  attention: 'a person decides',
  continue: 'it goes on with the completed jobs',
  carry: 'it goes on with the completed jobs, and the open frames are carried over',
};

/** What an iteration does after its import, by what it is started with: titles and sentences for a plan. */
export function termsWords(
  input: Pick<IterationInput, 'people' | 'completion' | 'review' | 'training' | 'notices'>,
): readonly (readonly [title: string, words: string | null])[] {
  const { people, completion, review, training, notices } = input;
  return [
    ['Given to', people.length === 0 ? null : people.join(', ')],
    ['Done when', doneWords(completion)],
    ['Deadline', completion.deadline === undefined ? 'none' : deadlineWords(completion.deadline)],
    ['Reviewed', review === undefined ? null : reviewWords(review)],
    ['Trains', training === null ? 'nothing: it ends when the labels are sealed' : trainsWords(training)],
    ['Held out', training === null ? null : heldOutWords(training)],
    ['Publishes', training === null ? null : publishWords(training)],
    ['Tells', notices === undefined ? null : `people by ${notices.channels.join(', ')}`],
  ];
}

function doneWords({ rule, atLeast }: IterationInput['completion']): string {
  const jobs = rule === 'acceptance' ? 'accepted' : 'completed';
  return atLeast === undefined ? `every job is ${jobs}` : `${percent(atLeast)} of the frames are in ${jobs} jobs`;
}

function deadlineWords({ at, afterMs, policy, more }: DeadlineOptions): string {
  const when = afterMs === null ? formatTime(at) : `${formatDuration(afterMs)} after the start`;
  if (policy !== 'extend' && policy !== 'reassign') return `${when}; then ${LAST[policy]}`;
  const by =
    more === undefined ? '' : `${formatDuration(more.byMs)} more${more.times === 1 ? '' : `, ${more.times} times`}`;
  const to = policy === 'reassign' ? `${more?.people.join(', ') ?? ''} are given the open jobs, and ` : '';
  return `${when}; then ${to}there is ${by}; then ${LAST[more?.last ?? 'attention']}`;
}

function reviewWords({ reviewers, pick }: NonNullable<IterationInput['review']>): string {
  const what =
    pick.kind === 'all'
      ? 'all jobs'
      : pick.kind === 'share'
        ? `${percent(pick.share)} of the jobs`
        : `the ${pick.jobs} jobs that people changed most`;
  return `${what}, by ${reviewers.join(', ')}`;
}

function trainsWords({ model, maxEpochs, window }: TrainingOptions): string {
  const epochs = maxEpochs === null ? '' : `, ${maxEpochs} epochs`;
  const hours = window === undefined ? '' : `, beginning from ${window.from} to ${window.to} in ${window.timeZone}`;
  return `${model}${epochs}${hours}`;
}

function heldOutWords({ heldOut, heldOutFraction, group }: TrainingOptions): string {
  const together = group === undefined ? '' : group === 'folder' ? ', those of a folder together' : ', grouped by name';
  if (heldOut === undefined) {
    return heldOutFraction === 0
      ? 'nothing: no model is measured'
      : `${percent(heldOutFraction)} of the frames${together}`;
  }
  return `${sourceWords(heldOut)}${together}`;
}

function sourceWords(heldOut: HeldOutSource): string {
  if (heldOut.kind === 'names') return 'the frames that a file names';
  if (heldOut.kind === 'folder') return `${heldOut.images.files} images of a folder`;
  if (heldOut.kind === 'task') return `all frames of the task ${heldOut.task}`;
  return `the ground truth job of ${heldOut.task === null ? 'this task' : `the task ${heldOut.task}`}`;
}

function publishWords({ gate }: TrainingOptions): string {
  const policy = { 'if-better': 'if the new model is better', ask: 'if a person says so', always: 'always' };
  const { all = null, classes = {} } = gate?.floors ?? {};
  const floors = [
    ...(all === null ? [] : [`every class has a Dice of ${all} or more`]),
    ...Object.entries(classes).map(([name, floor]) => `${name} has ${floor} or more`),
  ];
  const and = floors.length === 0 ? '' : `, and ${floors.join(', ')}`;
  return `${policy[gate?.policy ?? 'if-better']}${and}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
