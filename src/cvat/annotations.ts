import type { Http } from '../http/http.ts';
import { fetchJson } from './api.ts';
import type { Cvat } from './cvat.ts';
import { orGone } from './tasks.ts';
import { annotationsWire } from './wire/annotations.ts';

/** The shapes of a task or of a job. Those of a task come in no order, and without those of ground truth jobs. */
export function annotationMethods(http: Http): Pick<Cvat, 'jobAnnotations' | 'taskAnnotations'> {
  return {
    taskAnnotations(taskId, signal) {
      const path = `/api/tasks/${taskId}/annotations`;
      return fetchJson(http, { method: 'GET', path, signal }, annotationsWire).catch(orGone(taskId));
    },

    jobAnnotations(jobId, signal) {
      return fetchJson(http, { method: 'GET', path: `/api/jobs/${jobId}/annotations`, signal }, annotationsWire);
    },
  };
}
