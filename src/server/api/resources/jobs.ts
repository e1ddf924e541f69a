import * as api from '../../../api/endpoints/jobs.ts';
import { MaskloopError } from '../../../contracts/error.ts';
import { placeOfId } from '../../../contracts/ids.ts';
import type { JobRow } from '../../../jobs/job-row.ts';
import { sees, type Principal } from '../../access/principal.ts';
import { createJobsBoard } from '../../jobs-board.ts';
import type { ApiParts } from '../api-parts.ts';
import { failureOf } from '../problem-of.ts';
import type { Serve } from '../serve.ts';

/** Iterations whose jobs are looked at for one answer. */
const MOST_ITERATIONS = 200;

type Wanted = Partial<
  Record<'open' | 'overdue' | 'rejected' | 'reopened' | 'untouchedFast', 'true' | 'false' | undefined>
> & {
  readonly person?: string | undefined;
};

/** Jobs, of one iteration and of all that run. */
export function serveJobs(serve: Serve, { operations, index, looks, store, people }: ApiParts): void {
  const board = createJobsBoard({ looks, store, people });
  serve(api.iterationJobs, async ({ params, query }) => {
    const [entry] = await board.read([params.id], { withEdits: query.edits === 'true' });
    if (entry === undefined) throw notFound(params.id);
    return { iteration: entry.iteration, jobs: entry.rows };
  });
  serve(api.listJobs, async ({ query, who }) => {
    const { connection, project, edits, ...wanted } = query;
    const running = await index.running({ connection, project }, (one) => sees(who, one));
    const ids = running.slice(0, MOST_ITERATIONS).map(({ id }) => id);
    const entries = await board.read(ids, { withEdits: edits === 'true' || wanted.untouchedFast !== undefined });
    return {
      iterations: entries.map(({ iteration }) => iteration),
      jobs: entries.flatMap(({ rows }) => rows.filter((row) => isWanted(row, wanted))),
      truncated: running.length > MOST_ITERATIONS,
    };
  });
  serve(api.reassignJobs, async ({ body, by, who }) => {
    const results: { id: string; job: number; done: boolean; code: string | null; message: string | null }[] = [];
    for (const { id, job } of body.jobs) {
      try {
        await reassign({ id, job, to: body.to }, by, who);
        results.push({ id, job, done: true, code: null, message: null });
      } catch (error) {
        results.push({ id, job, done: false, ...refusalOf(error, job, body.to) });
      }
    }
    board.forget();
    return { results };
  });

  /** Whoever has the job is found here: a page may know people by other names. */
  async function reassign(
    { id, job, to }: { readonly id: string; readonly job: number; readonly to: string },
    by: string,
    who: Principal,
  ): Promise<void> {
    if (!sees(who, placeOfId(id).connection)) throw notFound(id);
    const [entry] = await board.read([id], { withEdits: false });
    const from = entry?.seen.find((one) => one.job === job)?.person ?? null;
    if (from === null) {
      throw new MaskloopError('NoOpenJobs', `${id} has no job ${job} that somebody has.`, { facts: { id, job } });
    }
    await operations.reassign({ id, sender: { by }, from, to, job });
  }
}

/** Why a job was not given. */
function refusalOf(error: unknown, job: number, to: string): { readonly code: string; readonly message: string } {
  const { code, message } = failureOf(error);
  return { code, message: code === 'NoOpenJobs' ? `Job ${job} is open no more, or ${to} may not have it.` : message };
}

function notFound(id: string): MaskloopError {
  return new MaskloopError('IterationNotFound', `There is no iteration ${id}.`, { facts: { id } });
}

const holds = (wanted: 'true' | 'false' | undefined, is: boolean): boolean =>
  wanted === undefined || (wanted === 'true') === is;

function isWanted(row: JobRow, { person, open, overdue, rejected, reopened, untouchedFast }: Wanted): boolean {
  return (
    (person === undefined || (row.person ?? '') === person) &&
    holds(open, !row.isComplete) &&
    holds(overdue, row.isOverdue) &&
    holds(rejected, row.isRejected) &&
    holds(reopened, row.isReopened) &&
    holds(untouchedFast, row.isUntouchedFast === true)
  );
}
