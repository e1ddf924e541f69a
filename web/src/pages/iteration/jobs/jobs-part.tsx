import { iterationJobs } from '../../../../../src/api/endpoints/jobs.ts';
import type { JobRow } from './job.ts';
import { noPerson, type People } from './no-person.ts';
import { DataTable, type Column } from '../../../parts/data-table.tsx';
import { OutsideLink } from '../../../parts/outside-link.tsx';
import { Section } from '../../../parts/section.tsx';
import { StatusBadge } from '../../../parts/status-badge.tsx';
import { useAnswer } from '../../../requests/use-answer.ts';
import { Answered } from '../../../states/answered.tsx';
import { EmptyState } from '../../../states/empty-state.tsx';
import { ProblemNote } from '../../../states/problem-note.tsx';
import { Moment } from '../../../time/moment.tsx';
import { jobState } from './job-state.ts';
import { JobsForecast } from './jobs-forecast.tsx';

/** CVAT tells of no change by itself; what a worker told counts for 10 seconds. */
const LOOK_EVERY_MS = 20_000;

const columnsOf = (people: People): readonly Column<JobRow>[] => [
  {
    title: 'Job',
    isName: true,
    cell: ({ job, url }) => <OutsideLink to={url}>{`Job ${job}`}</OutsideLink>,
  },
  { title: 'Person', cell: ({ person }) => person ?? <span className="faint">{noPerson(people)}</span> },
  { title: 'Stage', cell: ({ stage }) => stage },
  {
    title: 'State',
    cell: (job) => {
      const { tone, word } = jobState(job);
      return <StatusBadge tone={tone}>{word}</StatusBadge>;
    },
  },
  { title: 'Frames', cell: ({ frames: [first, last], frameCount }) => `${frameCount} (${first} to ${last})` },
  { title: 'Open remarks', isNumber: true, cell: ({ openIssues }) => openIssues ?? '–' },
  { title: 'Changed', cell: ({ updatedAt }) => <Moment at={updatedAt} /> },
];

/** Who has which job, and how far it is. */
export function JobsPart({ id, isRunning }: { readonly id: string; readonly isRunning: boolean }) {
  const jobs = useAnswer(iterationJobs, { params: { id } }, isRunning ? { everyMs: LOOK_EVERY_MS } : {});
  return (
    <Answered query={jobs} what="the jobs in CVAT">
      {({ iteration, jobs: rows }) => (
        <>
          <JobsForecast iteration={iteration} jobs={rows} />
          <Section title="Jobs" count={rows.length}>
            {rows.length === 0 ? (
              <EmptyState title={iteration.failure === null ? 'There are no jobs yet.' : iteration.failure.message}>
                {iteration.failure === null ? 'CVAT makes them with the task, at the step “Upload”.' : null}
              </EmptyState>
            ) : (
              <DataTable label="Jobs" columns={columnsOf(iteration.people)} rows={rows} keyOf={({ job }) => job} />
            )}
          </Section>
          {jobs.error === null ? null : <ProblemNote error={jobs.error} />}
        </>
      )}
    </Answered>
  );
}
