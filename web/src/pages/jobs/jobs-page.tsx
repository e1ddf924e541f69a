import { listJobs } from '../../../../src/api/endpoints/jobs.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { useAddress } from '../../shell/use-address.ts';
import { Answered } from '../../states/answered.tsx';
import { JobBoard } from './job-board.tsx';
import { kindOf } from './job-filter.ts';

/** No event tells of what people do in CVAT, so the page looks again, in milliseconds. */
const LOOK_EVERY_MS = 15_000;

/** What people have to do, across all iterations that run: the page of whoever leads them. */
export function JobsPage() {
  const [read] = useAddress();
  const connection = read('connection');
  const hasEdits = read('edits') === 'true' || kindOf(read('show')) === 'fast';
  const query = { ...(connection === null ? {} : { connection }), ...(hasEdits ? { edits: 'true' as const } : {}) };
  const board = useAnswer(listJobs, { query }, { everyMs: LOOK_EVERY_MS, keepsShowing: true });
  return (
    <>
      <PageHeader title="Jobs">What people have to do in CVAT, across all iterations that run</PageHeader>
      <Answered query={board} what={hasEdits ? 'jobs, and what people edited in them,' : 'jobs from CVAT'}>
        {(data) => <JobBoard board={data} connection={connection} hasEdits={hasEdits} />}
      </Answered>
    </>
  );
}
