import type { IterationPlan, PlannedJob, PlannedTrouble } from '../../contracts/plan.ts';
import { countOf } from '../../contracts/count-of.ts';
import { formatTable } from './table.ts';
import { formatTime } from './time.ts';

type Rows = readonly (readonly string[])[];

/** What somebody who reads a plan would do next: how it would go, and what would be without a decision. */
interface Prospect {
  readonly well: string;
  readonly badly: string;
}

const START: Prospect = { well: 'start would work', badly: 'start would end in need of a decision' };

/** A plan as people read it; ends with a line break. The last line says whether it would work. */
export function formatPlan(plan: IterationPlan, { well, badly }: Prospect = START): string {
  const sections: readonly (readonly [string, Rows])[] = [
    ['what', headRows(plan)],
    ['labels', labelRows(plan)],
    ['jobs', jobRows(plan)],
  ];
  const shown = sections.filter(([, rows]) => rows.length > 0);
  const parts = shown.map(([title, rows]) => `${title}\n${indent(formatTable(rows))}`);
  const { troubles, later = [] } = plan;
  const needed = later.map((trouble) => `needed when people are done\n${indent(troubleText(trouble))}`);
  const end =
    troubles.length === 0
      ? `${well}; nothing was changed`
      : `${badly} (${countOf(troubles.length, 'reason')}); nothing was changed`;
  return `${[...parts, ...needed, ...troubles.map(troubleText), end].join('\n\n')}\n`;
}

function headRows(plan: IterationPlan): Rows {
  const { project, task, dataset, prediction, frames, holds, inFlight } = plan;
  return [
    ['project', `${project.name}${project.id === null ? ' (not there)' : ` (${project.id})`}`],
    ['task', taskText(plan)],
    ...(task.frames === null ? [] : [['frames', framesText(plan)]]),
    ...(prediction === undefined ? [] : [['would predict', predictionText(prediction)]]),
    ...(plan.fromScratch === true ? [['would send', 'nothing: people begin without pre-annotations']] : []),
    ...(dataset === null ? [] : [['masks', `${dataset.masks}, ${dataset.emptyMasks} of them empty`]]),
    ...(dataset === null
      ? []
      : [
          [
            plan.observed === true ? 'would compare' : 'would send',
            `${countOf(dataset.shapes, 'shape')}, ${countOf(dataset.bytes, 'byte')}`,
          ],
        ]),
    ...(holds === null || frames === null ? [] : [['holds now', holdsText(holds)]]),
    ...(holds === null ? [] : [['would be lost', holds.lost === 0 ? 'nothing' : countOf(holds.lost, 'shape')]]),
    ...(inFlight === null
      ? []
      : [
          [
            'import in flight',
            `${inFlight.status} since ${formatTime(inFlight.createdAt)} by ${inFlight.owner ?? 'somebody'}`,
          ],
        ]),
  ];
}

function predictionText({ model, checksum, frames }: NonNullable<IterationPlan['prediction']>): string {
  const what = frames === null ? 'frames' : countOf(frames, 'frame');
  return `${what} with model ${model} (${checksum ?? 'which one is not known'})`;
}

function taskText({ task, troubles }: IterationPlan): string {
  if (task.id !== null) return `${task.name} (${task.url})`;
  const missing = troubles.some(({ code }) => code === 'TaskNotFound' || code === 'ProjectNotFound');
  return `${task.name} (${missing ? 'not there' : 'would be made'})`;
}

function framesText({ task, frames }: IterationPlan): string {
  const known = countOf(task.frames ?? 0, 'frame');
  return frames === null ? known : `${known}, ${frames.matched} with a mask, ${frames.withoutMask} without`;
}

function holdsText({ shapes, tracks, tags, bySource }: NonNullable<IterationPlan['holds']>): string {
  if (shapes + tracks + tags === 0) return 'nothing';
  const sources = Object.entries(bySource).map(([source, count]) => `${count} ${source}`);
  const text = shapes === 0 ? countOf(shapes, 'shape') : `${countOf(shapes, 'shape')} (${sources.join(', ')})`;
  return `${text}, ${countOf(tracks, 'track')}, ${countOf(tags, 'tag')}`;
}

function labelRows({ labels }: IterationPlan): Rows {
  if (labels.length === 0) return [];
  const rows = labels.map(({ value, name, cvatLabel, modelIndex, frames, pixels }) => [
    String(value),
    name,
    cvatLabel === null ? '?' : cvatLabel ? 'yes' : 'missing',
    modelIndex === null ? '-' : String(modelIndex),
    String(frames),
    String(pixels),
  ]);
  return [['value', 'name', 'label in CVAT', 'model index', 'frames', 'pixels'], ...rows];
}

function jobRows({ jobs, jobCount }: IterationPlan): Rows {
  if (jobs.length === 0) return [];
  const rest = jobCount - jobs.length;
  const head = ['job', 'frames', 'state', 'assignee', 'would', 'because'];
  return [head, ...jobs.map(jobRow), ...(rest > 0 ? [[`… and ${rest} more`]] : [])];
}

const WOULD: Record<PlannedJob['action'], (shapes: string) => string> = {
  send: (shapes) => `get ${shapes}`,
  keep: (shapes) => `keep its ${shapes}`,
  replace: (shapes) => `get ${shapes} in place of what it holds`,
  leave: () => 'be left alone',
  refuse: () => 'not be written',
};

function jobRow({ job, frames, stage, state, assignee, shapes, action, reason }: PlannedJob): readonly string[] {
  const place = stage === 'annotation' ? state : `${state}, ${stage}`;
  return [
    String(job),
    `${frames[0]}-${frames[1]}`,
    place,
    assignee ?? '-',
    WOULD[action](countOf(shapes, 'shape')),
    reason,
  ];
}

function troubleText({ code, message, action, cvat }: PlannedTrouble): string {
  const lines = [`${code}: ${message}`, `what to do: ${action}`];
  return [...lines, ...(cvat === null ? [] : [`CVAT itself would ${cvat}`])].join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
