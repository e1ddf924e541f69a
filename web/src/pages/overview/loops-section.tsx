import { Link } from 'react-router';
import type { z } from 'zod';
import { loopCurve, type listLoops } from '../../../../src/api/endpoints/loops.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { Section } from '../../parts/section.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { useMay } from '../../session/principal.tsx';
import { loopAddress } from '../../shell/addresses.ts';
import { Answered } from '../../states/answered.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { Moment } from '../../time/moment.tsx';
import { loopWords } from '../../words/loops.ts';

/** A line of the list of loops. */
export type ListedLoop = z.output<NonNullable<(typeof listLoops)['answer']>>['loops'][number];

/** A curve is read for each of those that are shown. */
const MOST_SHOWN = 12;

const COLUMNS: readonly Column<ListedLoop>[] = [
  {
    title: 'Loop',
    isName: true,
    cell: (loop) => (
      <>
        <Link to={loopAddress(loop)}>
          {loop.project} / {loop.name}
        </Link>
        {loop.connection === 'default' ? null : <span className="aside"> {loop.connection}</span>}
      </>
    ),
  },
  {
    title: 'State',
    cell: (loop) => {
      const [word, tone] = loopWords(loop);
      return <StatusBadge tone={tone}>{word}</StatusBadge>;
    },
  },
  { title: 'Iteration', isNumber: true, cell: ({ number }) => number },
  { title: 'Held-out Dice', cell: (loop) => <Curve loop={loop} /> },
  { title: 'Since', cell: ({ since }) => (since === null ? null : <Moment at={since} as="span" />) },
];

/** Loops, those that run first, each with its learning curve. */
export function LoopsSection({
  loops,
  most = MOST_SHOWN,
}: {
  readonly loops: readonly ListedLoop[];
  /** At most so many. */
  readonly most?: number;
}) {
  const mayStart = useMay('operator');
  const rows = loops.toSorted((a, b) => Number(b.state === 'running') - Number(a.state === 'running'));
  return (
    <Section title="Loops" count={loops.length}>
      {rows.length === 0 ? (
        <EmptyState title="There is no loop yet.">
          A loop chooses frames, has them corrected and trains, again and again.{' '}
          {mayStart ? <Link to="/loops?new=1">Start a loop</Link> : 'Operators start loops: ask one.'}
        </EmptyState>
      ) : (
        <DataTable label="Loops" columns={COLUMNS} rows={rows.slice(0, most)} keyOf={({ id }) => id} />
      )}
    </Section>
  );
}

/** How the model has become better from iteration to iteration. */
function Curve({ loop: { connection, project, name } }: { readonly loop: ListedLoop }) {
  const curve = useAnswer(loopCurve, { params: { connection, project, loop: name } });
  return (
    <Answered query={curve} what="the curve">
      {({ points }) => {
        const values = points.flatMap(({ dice }) => (dice === null ? [] : [dice]));
        return values.length === 0 ? (
          <span className="aside">not measured yet</span>
        ) : (
          <Sparkline values={values} label="Held-out Dice by iteration" />
        );
      }}
    </Answered>
  );
}
