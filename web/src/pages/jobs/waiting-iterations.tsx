import { DataTable, type Column } from '../../parts/data-table.tsx';
import { IterationLink } from '../../parts/iteration-link.tsx';
import { OutsideLink } from '../../parts/outside-link.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { Moment } from '../../time/moment.tsx';
import type { IterationOfJobs, Job } from './board.ts';
import { ForecastNote } from './forecast-note.tsx';

interface Props {
  readonly iterations: readonly IterationOfJobs[];
  readonly jobs: readonly Job[];
}

/** Each iteration with what is left of it, when that may be done, and what is to be looked at before its labels are sealed. */
export function WaitingIterations({ iterations, jobs }: Props) {
  const columns = columnsOf(jobs);
  return <DataTable label="Iterations with jobs" columns={columns} rows={iterations} keyOf={({ id }) => id} />;
}

function columnsOf(jobs: readonly Job[]): readonly Column<IterationOfJobs>[] {
  return [
    { title: 'Iteration', isName: true, cell: ({ id }) => <IterationLink id={id} /> },
    { title: 'Complete', cell: ({ id, failure }) => (failure === null ? completeWords(jobs, id) : '–') },
    {
      title: 'Done',
      cell: ({ forecast, failure }) =>
        failure === null ? (
          <ForecastNote forecast={forecast} />
        ) : (
          <StatusBadge tone="away">{failure.message}</StatusBadge>
        ),
    },
    { title: 'Deadline', cell: ({ deadline }) => (deadline === null ? 'None' : <Moment at={deadline} />) },
    { title: 'Remarks in CVAT', cell: (one) => (one.taskUrl === null ? null : <Remarks {...one} />) },
  ];
}

function completeWords(jobs: readonly Job[], id: string): string {
  const own = jobs.filter((job) => job.id === id);
  if (own.length === 0) return 'No jobs yet';
  return `${own.filter(({ isComplete }) => isComplete).length} of ${own.length}`;
}

/** Remarks that nobody has resolved: a seal freezes labels that somebody has doubts about. */
function Remarks({ openIssues, taskUrl }: IterationOfJobs) {
  if (openIssues === null) return <>CVAT does not tell</>;
  if (openIssues === 0) return <>None open</>;
  return (
    <div>
      <StatusBadge tone="attention">{`${openIssues} open`}</StatusBadge>
      <div>{taskUrl === null ? null : <OutsideLink to={taskUrl}>Resolve before the seal</OutsideLink>}</div>
    </div>
  );
}
