import type { Http } from '../http/http.ts';
import { fetchJson } from './api.ts';
import type { Cvat } from './cvat.ts';
import { allPages } from './paging.ts';
import { jobFramesWire, jobWire } from './wire/job.ts';

/** Jobs of a task. */
export function jobMethods(http: Http): Pick<Cvat, 'job' | 'jobFrames' | 'jobs' | 'projectJobs' | 'updateJob'> {
  return {
    jobs(taskId, options = {}) {
      const filter = { task_id: taskId, type: options.type ?? null };
      return allPages(http, '/api/jobs', filter, jobWire, options.signal);
    },

    job(jobId, signal) {
      return fetchJson(http, { method: 'GET', path: `/api/jobs/${jobId}`, signal }, jobWire);
    },

    async jobFrames({ id, startFrame, stopFrame }, signal) {
      const path = `/api/jobs/${id}/data/meta`;
      const { included, deleted } = await fetchJson(http, { method: 'GET', path, signal }, jobFramesWire);
      const range = Array.from({ length: stopFrame - startFrame + 1 }, (_, index) => startFrame + index);
      const gone = new Set(deleted);
      return (included ?? range).filter((frame) => !gone.has(frame));
    },

    projectJobs(projectId, options = {}) {
      const filter = { project_id: projectId, type: options.type ?? null };
      return allPages(http, '/api/jobs', filter, jobWire, options.signal);
    },

    /** A change of the stage alone makes CVAT set the state to `new`: send both to keep it. */
    updateJob(jobId, change, signal) {
      return fetchJson(http, { method: 'PATCH', path: `/api/jobs/${jobId}`, json: change, signal }, jobWire);
    },
  };
}
