import { dice, iou } from '../../coco/compare.ts';
import type {
  ClassCorrections,
  ComparisonRef,
  Corrections,
  Excerpt,
  JobCorrections,
  PersonCorrections,
  ShapeFates,
} from '../../contracts/comparison.ts';
import type { IterationResults } from '../../contracts/iteration.ts';
import { countOf } from '../../contracts/count-of.ts';

type Rows = readonly (readonly string[])[];

/** A table with its title. */
export type Section = readonly [title: string, rows: Rows];

const FATES = ['UNTOUCHED', 'EDITED', 'ADDED', 'REMOVED'];

/** What people changed of the pre-annotations, in short, then by class; without a comparison, why there is none. */
export function correctionSections(
  results: Pick<IterationResults, 'comparison' | 'labels' | 'origins'>,
): readonly Section[] {
  const { comparison, labels, origins } = results;
  const title = 'what people changed';
  if (comparison === undefined) {
    return labels === undefined
      ? []
      : [
          [
            title,
            [['not compared', origins === undefined ? 'no pre-annotations were imported' : 'no masks were given']],
          ],
        ];
  }
  if ('failed' in comparison) return [[title, [['not compared', comparison.failed]]]];
  if (comparison.frames === 0) return [[title, [['frames', framesText(comparison)]]]];
  return [
    [title, totalRows(comparison)],
    ['by class', [['CLASS', 'IOU', 'DICE', ...FATES], ...listed(comparison.classes, classRow)]],
  ];
}

/** By job and person, and the frames that changed most; for the receipt. */
export function detailedCorrections({ comparison }: Pick<IterationResults, 'comparison'>): readonly Section[] {
  if (comparison === undefined || 'failed' in comparison || comparison.frames === 0) return [];
  const { jobs, people, worstFrames } = comparison;
  const heading = ['FRAMES', 'CORRECTED', ...FATES];
  const frames = worstFrames.map((one) => [one.name, rate(one), countOf(one.changedPixels, 'pixel')]);
  return [
    ['by job', [['JOB', ...heading], ...listed(jobs, jobRow)]],
    [
      'by person',
      people === null || people.first.every(({ person }) => person === null)
        ? []
        : [['PERSON', ...heading], ...listed(people, personRow)],
    ],
    ['most changed frames', frames],
  ];
}

function totalRows(comparison: ComparisonRef): Rows {
  const { changedPixels, unionPixels, meanIou, meanDice, shapes } = comparison;
  const pixels = `${changedPixels} of ${countOf(unionPixels, 'labelled pixel')}`;
  return [
    ['frames', framesText(comparison)],
    ['corrected', `${rate(comparison)}: ${pixels}`],
    ['mean of classes', `IoU ${share(meanIou)}, Dice ${share(meanDice)}`],
    ['shapes', shapesText(shapes)],
  ];
}

function framesText({ frames, untouchedFrames, notCompared, imagesWithoutFrame = 0 }: ComparisonRef): string {
  const left = Object.entries(notCompared).filter(([, count]) => count > 0);
  const why = left.map(([reason, count]) => `${count} ${reason}`).join(', ');
  const lone = imagesWithoutFrame === 0 ? '' : `; ${countOf(imagesWithoutFrame, 'mask')} of no frame`;
  return `${frames} compared, ${untouchedFrames} untouched${why === '' ? '' : `; not compared: ${why}`}${lone}`;
}

function shapesText({ untouched, edited, relabelled, added, removed }: ShapeFates): string {
  const other = relabelled === 0 ? '' : ` (${relabelled} of them now of another class)`;
  return `${untouched} untouched, ${edited} edited${other}, ${added} added, ${removed} removed`;
}

function classRow(one: ClassCorrections): string[] {
  const overlap = { both: one.pixels.both, a: one.pixels.before, b: one.pixels.after };
  return [one.name, share(iou(overlap)), share(dice(overlap)), ...fateCells(one.shapes)];
}

function jobRow(one: JobCorrections): string[] {
  return [String(one.job), ...groupCells(one)];
}

function personRow(one: PersonCorrections): string[] {
  return [one.person ?? 'nobody', ...groupCells(one)];
}

function groupCells(one: Corrections): string[] {
  return [String(one.frames), rate(one), ...fateCells(one.shapes)];
}

function fateCells({ untouched, edited, added, removed }: ShapeFates): string[] {
  return [untouched, edited, added, removed].map(String);
}

function listed<T>({ first, total }: Excerpt<T>, row: (item: T) => string[]): string[][] {
  const more = total - first.length;
  return [...first.map(row), ...(more > 0 ? [[`and ${more} more`]] : [])];
}

/** To four places; 1 only where nothing differs. */
function share(value: number | null): string {
  if (value === null) return '-';
  return value < 1 && value > 0.99995 ? '0.9999' : value.toFixed(4);
}

/** The share of the labelled pixels that changed; 0 and 100 only where it is none and all. */
function rate({ changedPixels, unionPixels }: { changedPixels: number; unionPixels: number }): string {
  if (unionPixels === 0) return '-';
  const percent = (100 * changedPixels) / unionPixels;
  if (changedPixels > 0 && percent < 0.1) return '< 0.1 %';
  return changedPixels < unionPixels && percent > 99.9 ? '> 99.9 %' : `${percent.toFixed(1)} %`;
}
