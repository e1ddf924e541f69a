import { loopText } from '../../contracts/ids.ts';
import type { LoopEvent, LoopStatus } from '../../contracts/loop.ts';
import type { LoopView } from '../../operations/loops/describe-loop.ts';
import type { LoopRow } from '../../operations/loops/find-loops.ts';
import { countOf } from '../../contracts/count-of.ts';
import { activityLine } from './activity.ts';
import { situationOf, situationText } from './situation.ts';
import { formatTable } from './table.ts';
import { formatAge, formatTime } from './time.ts';

/** Events that are shown, the newest last. */
const MOST_EVENTS = 10;

/** What a loop does, in words. */
const PHASES: Readonly<Record<string, string>> = {
  selecting: 'chooses frames',
  iterating: 'an iteration runs',
  asking: 'waits for an answer',
  resting: 'rests',
  stopped: 'has ended',
};

/** Loops as a table with a heading; ends with a line break. */
export function formatLoops(rows: readonly LoopRow[], now: Date): string {
  const heading = ['LOOP', 'PHASE', 'NUMBER', 'FOR'];
  const lines = rows.map(({ id, phase, waitingFor, number, since }) => {
    const words = phase === null ? 'does not run' : (PHASES[phase] ?? phase);
    const what =
      waitingFor === 'resume' ? `paused; ${words}` : waitingFor === 'server' ? `${words}; waits for a server` : words;
    return [loopText(id), what, number === null ? '-' : String(number), since === null ? '-' : formatAge(since, now)];
  });
  return `${formatTable([heading, ...lines])}\n`;
}

/** The status page of one loop; ends with a line break. */
export function formatLoop(view: LoopView, now: Date): string {
  const { status } = view;
  const sections = [
    [loopText(view.id), formatTable(headRows(view, now))],
    status === null ? [] : findingLines(status),
    status === null ? [] : eventLines(status.events),
    status === null ? [] : askLines(view, status),
    view.state === 'lost' ? ['Temporal knows nothing of it; go on from what the store has: maskloop loop start'] : [],
  ];
  const shown = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${shown.join('\n\n')}\n`;
}

function headRows(view: LoopView, now: Date): readonly (readonly string[])[] {
  const { status, iteration, chosen, workerAnswers, activities } = view;
  const rows = [
    ['project', view.project],
    ...(status === null ? [] : statusRows(status, now)),
    ...(iteration === null ? [] : [['iteration', `${iteration.id}: ${situationText(situationOf(iteration))}`]]),
    ...(chosen.length === 0
      ? []
      : [['chosen for', `${countOf(chosen.length, 'iteration')}, up to number ${chosen.at(-1)}`]]),
    ...activities.flatMap((one) => {
      const line = one.name === 'awaitIteration' ? null : activityLine(one);
      return line === null ? [] : [['activity', line]];
    }),
  ];
  return workerAnswers ? rows : [...rows, ['worker', 'no worker answers']];
}

function statusRows(status: LoopStatus, now: Date): readonly (readonly string[])[] {
  const { phase, number, since, startedAt, rests, paused, policy, edited, end, begin } = status;
  const what = `${PHASES[phase] ?? phase}${rests === null ? '' : `: ${rests}`}`;
  return [
    ['started', `${formatTime(startedAt)} (${formatAge(startedAt, now)} ago)`],
    ['now', what],
    ['since', `${formatTime(since)} (${formatAge(since, now)})`],
    ...(number === null ? [] : [['number', String(number)]]),
    ...(paused ? [['paused', 'no iteration begins before `loop resume`']] : []),
    ...(begin === null ? [] : [['asked for', `an iteration, by ${begin.by} at ${formatTime(begin.at)}`]]),
    ['policy', policy.uri],
    ...(edited === null ? [] : [['edited', `${edited.uri}, from the next iteration on`]]),
    ...(end === null ? [] : [[phase === 'stopped' ? 'ended' : 'ends', endText(end, phase === 'stopped')]]),
  ];
}

function endText({ why, words, by }: NonNullable<LoopStatus['end']>, isOver: boolean): string {
  const reason = by === null ? `${why}: ${words}` : `stopped by ${by}${words === '' ? '' : `: ${words}`}`;
  return isOver ? reason : `after the iteration that runs; ${reason}`;
}

function findingLines({ findings }: LoopStatus): readonly string[] {
  if (findings.length === 0) return [];
  return [
    'rules',
    ...findings.map(({ rule, words, proposes, action }) => `  ${rule}${proposes ? ` (${action})` : ''}: ${words}`),
  ];
}

function eventLines(events: readonly LoopEvent[]): readonly string[] {
  if (events.length === 0) return [];
  const rows = events
    .slice(-MOST_EVENTS)
    .map(({ what, by, at, detail = '' }) => [`  ${formatTime(at)}`, what, by, detail]);
  return ['events', formatTable(rows)];
}

/** What is asked, and the exact commands to type. */
function askLines({ id }: LoopView, { trouble, choices }: LoopStatus): readonly string[] {
  const commands = choices.map((choice) => `  maskloop loop answer ${loopText(id)} '${choice}'`);
  if (trouble === null) return choices.length === 0 ? [] : ['a rule asks whether the loop goes on:', ...commands];
  return [`${trouble.code}: ${trouble.message}`, `what to do: ${trouble.action}`, ...commands];
}
