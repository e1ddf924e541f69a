import type { IterationView } from '../../operations/describe-iteration.ts';
import type { StepRecord } from '../../contracts/iteration.ts';
import { activityText } from './activity.ts';
import { workLines } from './work.ts';
import { dueLine, passedText } from './deadline.ts';
import { situationOf, situationText } from './situation.ts';
import { formatDuration } from '../../notation/duration-words.ts';
import { troubleLines } from './trouble.ts';

/** One thing that holds of an iteration. */
export interface Change {
  readonly text: string;
  /** ISO time since which it holds; null where only the look tells. */
  readonly since: string | null;
}

/** The lines that describe a view; the same situation always gives the same texts. */
export function followLines(view: IterationView, now: Date): readonly Change[] {
  const { status, state } = view;
  const running = state === 'running';
  const task = running ? status?.results.task : undefined;
  const steps = status?.steps ?? view.receipt?.steps ?? [];
  const situation = situationOf(view);
  const from = (since: string | null, texts: readonly string[]) => texts.map((text): Change => ({ text, since }));
  return [
    ...from(null, running && !view.workerAnswers ? ['no worker answers; start one with `maskloop worker`'] : []),
    ...steps.map((step): Change => ({ text: stepLine(step), since: step.endedAt })),
    ...from(situation.since, [situationText(situation)]),
    ...from(situation.since, task === undefined ? [] : [`task in CVAT: ${task.url}`]),
    ...(running ? (status?.deadline?.passed ?? []) : []).map((passed): Change => ({
      text: `deadline ${passedText(passed)}`,
      since: passed.at,
    })),
    ...from(null, running && status?.deadline != null ? [dueLine(status.deadline, now)] : []),
    ...from(
      null,
      running && status?.paused === true && status.waitingFor !== 'resume' ? ['paused after this step'] : [],
    ),
    ...from(running ? (status?.trouble?.since ?? null) : situation.since, troubleLines(view)),
    ...from(null, workLines(view, activityText)),
  ];
}

function stepLine({ step, outcome, startedAt, endedAt }: StepRecord): string {
  const took = formatDuration(Date.parse(endedAt) - Date.parse(startedAt));
  return outcome === 'skipped' ? `${step}: skipped` : `${step}: done in ${took}`;
}

/** The lines of a view that the one before did not have. */
export function newLines(lines: readonly Change[], before: readonly Change[]): readonly Change[] {
  const known = new Set(before.map(({ text }) => text));
  return lines.filter(({ text }) => !known.has(text));
}
