import type { Http } from '../http/http.ts';
import { fetchJson } from './api.ts';
import type { NativeAnnotations } from './native-annotations.ts';
import type { Cvat } from './cvat.ts';
import { withoutIds } from './native-items.ts';
import { orGone } from './tasks.ts';
import { annotationsWire, nativeAnnotationsWire } from './wire/annotations.ts';
import { nativeWire } from './wire/native.ts';

type AnnotationMethods = Pick<
  Cvat,
  'addAnnotations' | 'jobAnnotations' | 'jobContent' | 'nativeAnnotations' | 'removeAnnotations' | 'taskAnnotations'
>;

/**
 * The shapes of a task or of a job. Those of a task come in no order, and without those of ground truth jobs. Jobs are
 * written by additions and by removals of ids, never by a replacement, which would delete what came a moment before.
 */
export function annotationMethods(http: Http): AnnotationMethods {
  async function change(action: string, jobId: number, json: NativeAnnotations, signal?: AbortSignal): Promise<void> {
    const path = `/api/jobs/${jobId}/annotations?action=${action}`;
    await http.send({ method: 'PATCH', path, json: { version: 0, ...json }, signal });
  }

  return {
    taskAnnotations(taskId, signal) {
      const path = `/api/tasks/${taskId}/annotations`;
      return fetchJson(http, { method: 'GET', path, signal }, annotationsWire).catch(orGone(taskId));
    },

    jobAnnotations(jobId, signal) {
      return fetchJson(http, { method: 'GET', path: `/api/jobs/${jobId}/annotations`, signal }, annotationsWire);
    },

    nativeAnnotations(jobId, signal) {
      const path = `/api/jobs/${jobId}/annotations`;
      return fetchJson(http, { method: 'GET', path, signal }, nativeAnnotationsWire);
    },

    addAnnotations: (jobId, added, signal) => change('create', jobId, withoutIds(added), signal),
    removeAnnotations: (jobId, removed, signal) => change('delete', jobId, removed, signal),
    jobContent(jobId, signal) {
      return fetchJson(http, { method: 'GET', path: `/api/jobs/${jobId}/annotations`, signal }, nativeWire);
    },
  };
}
