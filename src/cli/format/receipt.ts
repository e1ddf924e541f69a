import type { Receipt } from '../../contracts/receipt.ts';
import { completionRows } from './completion.ts';
import { correctionSections, detailedCorrections } from './corrections.ts';
import { countOf } from '../../contracts/count-of.ts';
import { diceRows, gateRows } from './gate.ts';
import { labelTableRows } from './label-table.ts';
import { detailedOrigins, originSections } from './origins.ts';
import { predictionRows } from './predictions.ts';
import { skippedName } from './skipped.ts';
import { sealRows } from './seal.ts';
import { formatTable } from './table.ts';
import { formatDuration } from '../../notation/duration-words.ts';
import { formatTime } from './time.ts';
import { trainingSetRows } from './training-set.ts';

type Rows = readonly (readonly string[])[];

/** A receipt as people read it; ends with a line break. What a skipped step left out is not shown. */
export function formatReceipt(receipt: Receipt): string {
  const sections: readonly (readonly [string, Rows])[] = [
    [receipt.id, headRows(receipt)],
    ['dataset', datasetRows(receipt)],
    ['classes', classRows(receipt)],
    ['people', peopleRows(receipt)],
    ...originSections(receipt.results),
    ...detailedOrigins(receipt.results),
    ...correctionSections(receipt.results),
    ...detailedCorrections(receipt.results),
    ['model', modelRows(receipt)],
    ['held-out Dice', diceRows(receipt.results)],
    ['gate', gateRows(receipt.results)],
    ['steps', receipt.steps.map(stepRow)],
    ['decisions', receipt.decisions.map(decisionRow)],
  ];
  const shown = sections.filter(([, rows]) => rows.length > 0);
  return `${shown.map(([title, rows]) => `${title}\n${indent(formatTable(rows))}`).join('\n\n')}\n`;
}

function headRows({ input, startedAt, endedAt, versions }: Receipt): Rows {
  const took = Date.parse(endedAt) - Date.parse(startedAt);
  const cvat = versions.cvat === null ? '' : `, CVAT ${versions.cvat}`;
  return [
    ['project', input.project],
    ['task', input.task],
    ...(input.fromScratch === true ? [['pre-annotations', 'none: people began from scratch']] : []),
    ['from', formatTime(startedAt)],
    ['to', `${formatTime(endedAt)} (${formatDuration(took)})`],
    ['versions', `maskloop ${versions.maskloop}${cvat}`],
  ];
}

function datasetRows({ results }: Receipt): Rows {
  const { dataset, imported, guard } = results;
  if (dataset === undefined) return predictionRows(results);
  const skipped = Object.entries(dataset.skippedPixels);
  return [
    ...predictionRows(results),
    ['images', String(dataset.images)],
    ['annotations', String(dataset.annotations)],
    ...(dataset.dropped.components === 0
      ? []
      : [
          [
            'too small',
            `${countOf(dataset.dropped.components, 'component')}, ${countOf(dataset.dropped.pixels, 'pixel')}`,
          ],
        ]),
    ...skipped.map(([key, pixels]) => [`skipped ${skippedName(key)}`, countOf(pixels, 'pixel')]),
    ...importRows(imported),
    ...(guard === undefined || guard.leftOut.frames === 0
      ? []
      : [['left out', `${countOf(guard.leftOut.frames, 'deleted frame')}, ${countOf(guard.leftOut.shapes, 'shape')}`]]),
    ['document', `sha256 ${dataset.document.sha256}`],
  ];
}

function classRows({ results }: Receipt): Rows {
  return results.labelTable === undefined ? [] : labelTableRows(results.labelTable);
}

function importRows(imported: Receipt['results']['imported']): Rows {
  if (imported === undefined) return [];
  const { shapes, perJob, backup } = imported;
  const held = (backup?.shapes ?? 0) + (backup?.tracks ?? 0) + (backup?.tags ?? 0);
  return [
    ['shapes in CVAT', String(shapes)],
    ...(perJob === undefined
      ? []
      : [['jobs', `${perJob.written} with pre-annotations, ${perJob.leftAlone} left alone`]]),
    ...(perJob?.left ?? []).map(({ job, reason }) => [`job ${job} left alone`, reason]),
    ...(backup ? [['backup', `${backup.name}, ${countOf(held, 'shape')} before the import`]] : []),
  ];
}

function peopleRows({ results }: Receipt): Rows {
  const { task, completion, labels, assignment } = results;
  return [
    ...(task === undefined ? [] : [['task', task.url]]),
    ...(assignment?.people ?? []).map((share) => [`jobs of ${share.username}`, shareText(share)]),
    ...(completion === undefined ? [] : completionRows(completion)),
    ...(labels === undefined
      ? []
      : [
          ['frames sealed', `${labels.frames}, ${labels.labelledFrames} of them with labels`],
          ...withoutLabelRows(results),
          ['final shapes', String(labels.shapes)],
          ...Object.entries(labels.leftOut ?? {}).map(([kind, count]) => [`left out: ${kind}`, String(count)]),
          ...(labels.overlappingPixels === undefined || labels.overlappingPixels === 0
            ? []
            : [['overlapping', `${countOf(labels.overlappingPixels, 'pixel')} where classes lie on one another`]]),
          ...sealRows(results),
          ['labels', `sha256 ${labels.manifest.sha256}`],
        ]),
  ];
}

function shareText({ jobs, frames }: { readonly jobs: number; readonly frames: number }): string {
  return `${jobs} (${countOf(frames, 'frame')})`;
}

function withoutLabelRows({ seal }: Receipt['results']): Rows {
  if (seal === undefined || seal.deletedFrames + seal.unfinishedFrames === 0) return [];
  return [['without label', `${countOf(seal.deletedFrames, 'frame')} deleted, ${seal.unfinishedFrames} in open jobs`]];
}

function modelRows({ results }: Receipt): Rows {
  const { submission, model } = results;
  const metric = model?.trainerMetric ?? null;
  return [
    ...(submission === undefined
      ? []
      : [['frames', `${submission.training} trained on, ${submission.heldOut} held out`]]),
    ...trainingSetRows(results),
    ...(model === undefined
      ? []
      : [
          ['model', model.model],
          ['epochs', String(model.epochs)],
          ['checksum', model.checksum],
        ]),
    ...(metric === null ? [] : [[`trainer's ${metric.name}`, metric.value.toFixed(4)]]),
    ...(model?.metrics === undefined
      ? []
      : [['metrics', `${model.metrics.name}, ${countOf(model.metrics.points, 'line')}`]]),
  ];
}

function stepRow({ step, outcome, startedAt, endedAt }: Receipt['steps'][number]): readonly string[] {
  return [step, outcome, outcome === 'skipped' ? '' : formatDuration(Date.parse(endedAt) - Date.parse(startedAt))];
}

function decisionRow({ at, what, step, by, about, detail }: Receipt['decisions'][number]): readonly string[] {
  const why = [about === null ? '' : `about ${about}`, detail ?? ''].filter((text) => text !== '').join(', ');
  return [formatTime(at), `${what} at ${step}`, `by ${by}`, why];
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
