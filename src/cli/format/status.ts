import type { IterationStatus } from '../../contracts/iteration.ts';
import type { IterationView } from '../../operations/describe-iteration.ts';
import { activityLine } from './activity.ts';
import { correctionSections } from './corrections.ts';
import { diceRows, gateRows } from './gate.ts';
import { formatLabelTable } from './label-table.ts';
import { dueText, passedText } from './deadline.ts';
import { originSections } from './origins.ts';
import { predictionRows } from './predictions.ts';
import { sealRows } from './seal.ts';
import { situationOf, situationText } from './situation.ts';
import { formatTable } from './table.ts';
import { formatDuration } from '../../notation/duration-words.ts';
import { formatAge, formatTime } from './time.ts';
import { troubleLines } from './trouble.ts';
import { turnRows } from './turn.ts';
import { workLines } from './work.ts';

/** What a cancelled iteration does before it ends. */
const CANCELLED = 'it ends once its training has ended and no model is published that nobody has decided on';

/** The status page of one iteration, for people; ends with a line break. */
export function formatStatus(view: IterationView, now: Date): string {
  const sections = [
    headLines(view, now),
    stepLines(view, now),
    classLines(view),
    ...correctionLines(view),
    gateLines(view),
    troubleLines(view),
    nextLines(view),
  ];
  const shown = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${shown.join('\n\n')}\n`;
}

function headLines(view: IterationView, now: Date): readonly string[] {
  const { status, receipt } = view;
  const situation = situationOf(view);
  const names = status ?? receipt?.input ?? view.index;
  const url = (status?.results ?? receipt?.results)?.task?.url;
  const rows = [
    ...(names === null
      ? []
      : [
          ['project', names.project],
          ['task', names.task],
        ]),
    ['started', `${formatTime(view.startedAt)} (${formatAge(view.startedAt, now)} ago)`],
    ['now', situationText(situation)],
    ['since', `${formatTime(situation.since)} (${formatAge(situation.since, now)})`],
    ...dueRows(view, now),
    ...turnRows(view),
    ...(view.state === 'running' && status?.paused === true ? [['paused', 'no new step begins before `resume`']] : []),
    ...(view.state === 'running' && status?.cancelled === true ? [['cancelled', CANCELLED]] : []),
    ...workLines(view, activityLine).map((line) => ['activity', line]),
    ...(url === undefined ? [] : [['CVAT', url]]),
    ...predictionRows(status?.results ?? receipt?.results ?? {}),
    ...sealRows(status?.results ?? receipt?.results ?? {}),
    ...(view.away === undefined ? [] : [['Temporal', 'does not answer; this is the receipt, and it may run again']]),
    ...(view.state === 'running' && !view.workerAnswers
      ? [['worker', 'no worker answers; this is what the index says']]
      : []),
  ];
  return [view.id, formatTable(rows)];
}

function dueRows({ state, status }: IterationView, now: Date): readonly (readonly string[])[] {
  const deadline = state === 'running' ? (status?.deadline ?? null) : null;
  if (deadline === null) return [];
  return [...(deadline.passed ?? []).map(passedText), dueText(deadline, now)].map((text) => ['deadline', text]);
}

function stepLines(view: IterationView, now: Date): readonly string[] {
  const steps = view.status?.steps ?? view.receipt?.steps ?? [];
  const rows = steps.map((record) => {
    const took = Date.parse(record.endedAt) - Date.parse(record.startedAt);
    return [record.step, record.outcome, record.outcome === 'skipped' ? '' : formatDuration(took)];
  });
  const current = view.status === null || view.state !== 'running' ? [] : [currentRow(view.status, now)];
  const all = [...rows, ...current];
  return all.length === 0 ? [] : [formatTable(all)];
}

/** The classes, once they are matched with CVAT and the model. */
function classLines({ status, receipt }: IterationView): readonly string[] {
  const table = (status?.results ?? receipt?.results)?.labelTable;
  return table === undefined ? [] : [formatLabelTable(table)];
}

/** What became of the labels: each table under its title. */
function correctionLines({ status, receipt }: IterationView): readonly (readonly string[])[] {
  const results = status?.results ?? receipt?.results;
  if (results === undefined) return [];
  return [...originSections(results), ...correctionSections(results)].map(([title, rows]) => [
    title,
    formatTable(rows),
  ]);
}

/** The model before and after, once it was measured. */
function gateLines({ status, receipt }: IterationView): readonly string[] {
  const results = status?.results ?? receipt?.results ?? {};
  const tables = [diceRows(results), gateRows(results)].filter((rows) => rows.length > 0);
  return tables.length === 0 ? [] : ['held-out Dice', ...tables.map((rows) => formatTable(rows))];
}

/** The step under way began when the one before ended. */
function currentRow(status: IterationStatus, now: Date): readonly string[] {
  const begun = status.steps.at(-1)?.endedAt ?? status.startedAt;
  return [status.step, 'now', formatAge(begun, now)];
}

function nextLines({ id, state }: IterationView): readonly string[] {
  if (state === 'done') return [`maskloop receipt ${id}`];
  if (state === 'running') return [];
  return ['To go on from what is there, start it again, with corrected arguments if needed: maskloop start'];
}
