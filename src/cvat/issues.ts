import { z } from 'zod';
import type { Http } from '../http/http.ts';
import type { Cvat, OpenIssue } from './cvat.ts';
import { allPages } from './paging.ts';

const issueWire: z.ZodType<OpenIssue> = z
  .object({ id: z.int(), job: z.int(), frame: z.int() })
  .transform(({ id, job, frame }) => ({ id, jobId: job, frame }));

/** Remarks of people on frames. */
export function issueMethods(http: Http): Pick<Cvat, 'openIssues'> {
  return {
    openIssues: (taskId, signal) => {
      return allPages(http, '/api/issues', { task_id: taskId, resolved: 'false' }, issueWire, signal);
    },
  };
}
