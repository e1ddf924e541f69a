import type { LoopPoint } from '../../../../src/contracts/stop-rules.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { IterationLink } from '../../parts/iteration-link.tsx';
import { KeyValues } from '../../parts/key-values.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { Moment } from '../../time/moment.tsx';

const MEASURES = [
  ['dice', 'Held-out Dice', 'of the model that was published afterwards'],
  ['agreement', 'Agreement', 'of pre-annotations and what people made of them'],
  ['corrections', 'Corrections', 'share of the pixels that people changed'],
] as const;

const shareWords = (share: number | null): string => (share === null ? '–' : share.toFixed(4));

const COLUMNS: readonly Column<LoopPoint>[] = [
  { title: 'Iteration', isName: true, cell: ({ id }) => <IterationLink id={id} /> },
  { title: 'Number', isNumber: true, cell: ({ number }) => number },
  { title: 'Frames', isNumber: true, cell: ({ frames }) => frames },
  { title: 'Held-out Dice', isNumber: true, cell: ({ dice }) => shareWords(dice) },
  { title: 'Agreement', isNumber: true, cell: ({ agreement }) => shareWords(agreement) },
  { title: 'Corrections', isNumber: true, cell: ({ corrections }) => shareWords(corrections) },
  { title: 'Ended', cell: ({ endedAt }) => <Moment at={endedAt} /> },
];

/** How the model has become better: the curves, and the numbers that they are made of. */
export function LoopCurve({ points }: { readonly points: readonly LoopPoint[] }) {
  if (points.length === 0) {
    return <EmptyState title="No iteration is through yet.">Each that is through adds a point.</EmptyState>;
  }
  return (
    <>
      <KeyValues
        rows={MEASURES.map(([name, title, what]) => {
          const values = points.flatMap((point) => point[name] ?? []);
          return [title, values.length === 0 ? null : <Measure key={name} title={title} what={what} values={values} />];
        })}
      />
      <DataTable label="Iterations of the loop" columns={COLUMNS} rows={points} keyOf={({ id }) => id} />
    </>
  );
}

interface MeasureProps {
  readonly title: string;
  readonly what: string;
  readonly values: readonly number[];
}

function Measure({ title, what, values }: MeasureProps) {
  return (
    <span className="measure">
      <Sparkline values={values} label={`${title} by iteration`} /> <span className="dimmed">{what}</span>
    </span>
  );
}
