import type { IterationView } from '../../operations/describe-iteration.ts';
import type { StepRecord } from '../../contracts/iteration.ts';
import { activityText } from './activity.ts';
import { situationOf, situationText } from './situation.ts';
import { formatDuration } from './time.ts';
import { troubleLines } from './trouble.ts';

/** The lines that describe a view; the same situation always gives the same lines. */
export function followLines(view: IterationView): readonly string[] {
  const { status, state } = view;
  const task = state === 'running' ? status?.results.task : undefined;
  const steps = status?.steps ?? view.receipt?.steps ?? [];
  return [
    ...(state === 'running' && !view.workerAnswers ? ['no worker answers; start one with `maskloop worker`'] : []),
    ...steps.map(stepLine),
    situationText(situationOf(view)),
    ...(task === undefined ? [] : [`task in CVAT: ${task.url}`]),
    ...(status?.paused === true && status.waitingFor !== 'resume' ? ['paused after this step'] : []),
    ...(status === null || state !== 'running' ? [] : troubleLines(status)),
    ...view.activities.map(activityText).filter((line) => line !== null),
  ];
}

function stepLine({ step, outcome, startedAt, endedAt }: StepRecord): string {
  const took = formatDuration(Date.parse(endedAt) - Date.parse(startedAt));
  return outcome === 'skipped' ? `${step}: skipped` : `${step}: done in ${took}`;
}

/** The lines of a view that the one before did not have. */
export function newLines(lines: readonly string[], before: readonly string[]): readonly string[] {
  return lines.filter((line) => !before.includes(line));
}
