import { Checkbox } from '@mantine/core';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { IterationLink } from '../../parts/iteration-link.tsx';
import { OutsideLink } from '../../parts/outside-link.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { Moment } from '../../time/moment.tsx';
import type { Job } from './board.ts';
import { jobMarks, jobStateWords } from './job-state.ts';
import { jobKey, whyNotGiven, type Givable } from './selection.ts';
import { whoHas, type People } from './who.ts';
import { whoWords } from './who-words.ts';

interface Context {
  readonly people: People;
  readonly iterations: Givable;
  /** Keys of the chosen ones; null where nothing may be chosen. */
  readonly chosen: ReadonlySet<string> | null;
  readonly onChoose: (job: Job) => void;
}

interface Props extends Context {
  readonly jobs: readonly Job[];
}

/** Jobs, a line each. */
export function JobTable({ jobs, ...context }: Props) {
  return <DataTable label="Jobs" columns={columnsOf(context)} rows={jobs} keyOf={jobKey} />;
}

function columnsOf(context: Context): readonly Column<Job>[] {
  return [
    { title: 'Job', isName: true, cell: (job) => <JobName {...context} job={job} /> },
    { title: 'Iteration', cell: ({ id }) => <IterationLink id={id} /> },
    { title: 'Person', cell: (job) => personWords(job, context.people) },
    { title: 'State', cell: (job) => <State job={job} /> },
    { title: 'Frames', cell: framesWords },
    { title: 'Changed', cell: ({ updatedAt }) => <Moment at={updatedAt} /> },
  ];
}

function JobName({ job, iterations, chosen, onChoose }: Context & { readonly job: Job }) {
  const link = <OutsideLink to={job.url}>{`Job ${job.job}`}</OutsideLink>;
  if (chosen === null) return link;
  const whyNot = whyNotGiven(job, iterations);
  return (
    <span className="job-name">
      <Checkbox
        size="xs"
        aria-label={whyNot === null ? `Choose job ${job.job}` : `Job ${job.job} cannot be chosen. ${whyNot}`}
        title={whyNot ?? ''}
        checked={chosen.has(jobKey(job))}
        disabled={whyNot !== null}
        onChange={() => onChoose(job)}
      />
      {link}
    </span>
  );
}

function framesWords({ frames: [from, to], frameCount }: Job): string {
  return from === to ? String(from) : `${from}–${to} (${frameCount})`;
}

/** The iteration stands beside it, so that a pseudonym needs no more. */
function personWords(job: Job, people: People): string {
  const who = whoHas(job, people);
  if (who.person !== null) return who.person;
  return people.get(job.id) === 'none' ? 'Not told' : whoWords({ ...who, of: null }, people);
}

function State({ job }: { readonly job: Job }) {
  const [tone, words] = jobStateWords(job);
  const remarks = job.openIssues ?? 0;
  return (
    <span className="job-state">
      <StatusBadge tone={tone}>{words}</StatusBadge>
      {jobMarks(job).map(([markTone, mark]) => (
        <StatusBadge key={mark} tone={markTone}>
          {mark}
        </StatusBadge>
      ))}
      {remarks === 0 ? null : (
        <StatusBadge tone="attention">{`${remarks} open remark${remarks === 1 ? '' : 's'}`}</StatusBadge>
      )}
    </span>
  );
}
