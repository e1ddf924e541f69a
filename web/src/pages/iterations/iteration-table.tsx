import { Link } from 'react-router';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { iterationAddress } from '../../shell/addresses.ts';
import { Moment } from '../../time/moment.tsx';
import { stepWord } from '../../words/steps.ts';
import { waitingWords } from '../../words/waiting.ts';
import type { ListedIteration } from './listed-iteration.ts';

const COLUMNS: readonly Column<ListedIteration>[] = [
  {
    title: 'Iteration',
    isName: true,
    cell: ({ id, project, task, connection }) => (
      <>
        <Link to={iterationAddress(id)}>
          {project} / {task}
        </Link>
        {connection === 'default' ? null : <span className="aside"> {connection}</span>}
      </>
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
  { title: 'People', cell: ({ people }) => (people.length === 0 ? null : <People names={people} />) },
  {
    title: 'Due',
    cell: ({ deadline, state }) => (deadline === null || state === 'done' ? null : <Moment at={deadline} />),
  },
  {
    title: 'Since',
    cell: ({ since, state }) => <Moment at={since} as={state === 'done' ? 'distance' : 'span'} />,
  },
  { title: 'Started', cell: ({ startedAt }) => <Moment at={startedAt} /> },
];

/** Names that are shown; of more there is the number. */
const MOST_NAMES = 3;

/** Iterations, a line each. */
export function IterationTable({ label, rows }: { readonly label: string; readonly rows: readonly ListedIteration[] }) {
  return <DataTable label={label} columns={COLUMNS} rows={rows} keyOf={({ id }) => id} />;
}

function People({ names }: { readonly names: readonly string[] }) {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return (
    <span title={names.join(', ')}>
      {names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown}
    </span>
  );
}
