import type {
  ClassCorrections,
  ComparisonRef,
  JobCorrections,
  PersonCorrections,
} from '../../../../../src/contracts/comparison.ts';
import type { IterationResults } from '../../../../../src/contracts/iteration.ts';
import { DataTable, type Column } from '../../../parts/data-table.tsx';
import { KeyValues } from '../../../parts/key-values.tsx';
import { Section } from '../../../parts/section.tsx';
import { EmptyState } from '../../../states/empty-state.tsx';
import { countWords } from '../../../words/count-words.ts';
import { shareText } from '../training/share-text.ts';
import { agreementOf, changedText } from './agreement.ts';

type Counted = Pick<ClassCorrections, 'shapes'>;

const FATES: readonly Column<Counted>[] = (['untouched', 'edited', 'added', 'removed'] as const).map((fate) => ({
  title: fate.charAt(0).toUpperCase() + fate.slice(1),
  isNumber: true,
  cell: ({ shapes }) => shapes[fate],
}));

const CLASSES: readonly Column<ClassCorrections>[] = [
  { title: 'Class', isName: true, cell: ({ name }) => name },
  { title: 'Dice', isNumber: true, cell: ({ pixels }) => shareText(agreementOf(pixels).dice) },
  { title: 'IoU', isNumber: true, cell: ({ pixels }) => shareText(agreementOf(pixels).iou) },
  ...FATES,
];

const JOBS: readonly Column<JobCorrections>[] = [
  { title: 'Job', isName: true, cell: ({ job }) => `Job ${job}` },
  { title: 'Frames', isNumber: true, cell: ({ frames }) => frames },
  { title: 'Pixels changed', isNumber: true, cell: changedText },
  ...FATES,
];

const PEOPLE: readonly Column<PersonCorrections>[] = [
  { title: 'Person', isName: true, cell: ({ person }) => person ?? 'nobody' },
  { title: 'Frames', isNumber: true, cell: ({ frames }) => frames },
  { title: 'Pixels changed', isNumber: true, cell: changedText },
  ...FATES,
];

/** The pre-annotations held against the final labels: by class, by job and by person. */
export function ChangesPart({ results: { comparison, labels } }: { readonly results: IterationResults }) {
  if (comparison === undefined || 'failed' in comparison || comparison.frames === 0) {
    return (
      <Section title="What people changed">
        <EmptyState title={whyNone(comparison, labels !== undefined)} />
      </Section>
    );
  }
  const { classes, jobs, people } = comparison;
  return (
    <>
      <Section title="What people changed">
        <KeyValues rows={summary(comparison)} />
      </Section>
      <Section title="By class" count={classes.total}>
        <DataTable label="Corrections by class" columns={CLASSES} rows={classes.first} keyOf={({ name }) => name} />
        <More shown={classes.first.length} total={classes.total} />
      </Section>
      <Section title="By job" count={jobs.total}>
        <DataTable label="Corrections by job" columns={JOBS} rows={jobs.first} keyOf={({ job }) => job} />
        <More shown={jobs.first.length} total={jobs.total} />
      </Section>
      {people === null || people.first.every(({ person }) => person === null) ? null : (
        <Section title="By person" count={people.total}>
          <DataTable
            label="Corrections by person"
            columns={PEOPLE}
            rows={people.first}
            keyOf={({ person }) => person ?? ''}
          />
          <More shown={people.first.length} total={people.total} />
        </Section>
      )}
    </>
  );
}

function summary(comparison: ComparisonRef): readonly (readonly [string, string])[] {
  const { frames, untouchedFrames, meanDice, meanIou, changedPixels, unionPixels, notCompared } = comparison;
  const left = Object.entries(notCompared).filter(([, count]) => count > 0);
  return [
    ['Frames compared', `${frames}, of which ${untouchedFrames} untouched`],
    ...(left.length === 0 ? [] : [['Not compared', left.map(([why, count]) => `${count} ${why}`).join(', ')] as const]),
    [
      'Pixels changed',
      `${changedText(comparison)}: ${countWords(changedPixels)} of ${countWords(unionPixels)} with a class`,
    ],
    ['Mean of classes', `Dice ${shareText(meanDice)}, IoU ${shareText(meanIou)}`],
  ];
}

function More({ shown, total }: { readonly shown: number; readonly total: number }) {
  return total > shown ? <p className="section-body faint">{total - shown} more are in the store.</p> : null;
}

function whyNone(comparison: IterationResults['comparison'], isSealed: boolean): string {
  if (comparison !== undefined && 'failed' in comparison) return `Nothing was compared: ${comparison.failed}.`;
  if (comparison !== undefined) return 'No frame could be compared.';
  return isSealed
    ? 'Nothing was compared: no pre-annotations were imported.'
    : 'Pre-annotations and final labels are compared once the labels are sealed.';
}
