import { UnstyledButton } from '@mantine/core';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { countOf, type Kind } from './job-filter.ts';
import type { PersonJobs } from './people.ts';
import { jobsWords } from './selection.ts';
import { isSame, whoKey, type People, type Who } from './who.ts';
import { whoWords } from './who-words.ts';

interface Context {
  readonly people: People;
  /** Whose jobs are shown; null for everybody's. */
  readonly who: Who | null;
  readonly hasEdits: boolean;
  readonly onPick: (who: Who | null, kind: Kind | null) => void;
}

interface Props extends Context {
  readonly groups: readonly PersonJobs[];
}

/** How many jobs of each kind everybody has. A number leads to them. */
export function PeopleTable({ groups, ...context }: Props) {
  if (groups.length === 0)
    return <EmptyState title="There are no jobs yet.">CVAT makes them with the task of an iteration.</EmptyState>;
  const columns = columnsOf(context);
  return <DataTable label="Jobs by person" columns={columns} rows={groups} keyOf={(group) => whoKey(group.who)} />;
}

function columnsOf(context: Context): readonly Column<PersonJobs>[] {
  const number = (kind: Kind, title: string): Column<PersonJobs> => ({
    title,
    isNumber: true,
    cell: (group) => <JobCount {...context} group={group} kind={kind} title={title} />,
  });
  return [
    { title: 'Person', isName: true, cell: ({ who: one }) => <PersonName {...context} one={one} /> },
    number('open', 'Open'),
    number('overdue', 'Overdue'),
    number('rejected', 'Rejected'),
    ...(context.hasEdits ? [number('fast', 'Untouched, very fast')] : []),
    number('all', 'All'),
  ];
}

/** Shows the jobs of one person, or again those of everybody. */
function PersonName({ one, who, people, onPick }: Context & { readonly one: Who }) {
  const isPicked = who !== null && isSame(one, who);
  return (
    <UnstyledButton className="link-button" aria-pressed={isPicked} onClick={() => onPick(isPicked ? null : one, null)}>
      {whoWords(one, people)}
    </UnstyledButton>
  );
}

interface CountProps extends Context {
  readonly group: PersonJobs;
  readonly kind: Kind;
  readonly title: string;
}

function JobCount({ group: { who, jobs }, kind, title, people, onPick }: CountProps) {
  const count = countOf(jobs, kind);
  if (count === 0) return <span className="dimmed">0</span>;
  const label = `${title}: ${jobsWords(count)} of ${whoWords(who, people)}`;
  return (
    <UnstyledButton className="link-button" aria-label={label} onClick={() => onPick(who, kind)}>
      {count}
    </UnstyledButton>
  );
}
