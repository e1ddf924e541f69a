import { Link } from 'react-router';
import type { z } from 'zod';
import type { listIterations } from '../../../../src/api/endpoints/iterations.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { iterationAddress } from '../../shell/addresses.ts';
import { Moment } from '../../time/moment.tsx';
import { stepWord } from '../../words/steps.ts';
import { waitingWords } from '../../words/waiting.ts';

/** A line of the list. */
export type ListedIteration = z.output<NonNullable<(typeof listIterations)['answer']>>['iterations'][number];

const COLUMNS: readonly Column<ListedIteration>[] = [
  {
    title: 'Iteration',
    isName: true,
    cell: ({ id, project, task }) => (
      <Link to={iterationAddress(id)}>
        {project} / {task}
      </Link>
    ),
  },
  {
    title: 'State',
    cell: ({ waitingFor }) => {
      const { word, tone } = waitingWords(waitingFor);
      return <StatusBadge tone={tone}>{word}</StatusBadge>;
    },
  },
  { title: 'Step', cell: ({ step }) => stepWord(step) },
  { title: 'For', cell: ({ since }) => <Moment at={since} as="span" /> },
  { title: 'Started', cell: ({ startedAt }) => <Moment at={startedAt} /> },
];

/** Iterations, a line each. */
export function IterationTable({ label, rows }: { readonly label: string; readonly rows: readonly ListedIteration[] }) {
  return <DataTable label={label} columns={COLUMNS} rows={rows} keyOf={({ id }) => id} />;
}
