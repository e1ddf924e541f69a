import { empty, json, type Answer } from '../answers/answer.ts';
import { annotationsView, withoutNewer } from '../answers/version-fields.ts';
import { refuseList, refuseText } from '../answers/refusal.ts';
import {
  addAnnotations,
  clearAnnotations,
  readAnnotations,
  removeAnnotations,
  replaceAnnotations,
  updateAnnotations,
} from '../state/annotations.ts';
import { addressedJob, addressedTask, type Addressed } from './addressed.ts';
import { annotationIds, newAnnotations, storedAnnotations } from './annotation-input.ts';
import { jsonFields } from './body.ts';
import type { UserCall } from './call.ts';
import { importStep } from './import-steps.ts';
import type { Register } from './resource.ts';
import { tusOptions, tusRoutes } from './tus.ts';

export function annotationRoutes(register: Register): void {
  for (const [base, find] of [
    ['/api/tasks', addressedTask],
    ['/api/jobs', addressedJob],
  ] as const) {
    const url = `${base}/:id/annotations`;
    // The only addresses of CVAT that are the same with and without a slash.
    for (const path of [url, `${url}/`]) {
      register.users(path, {
        GET: (call) => read(call, find(call)),
        POST: (call) => importStep(call, find(call)),
        PUT: (call) => replace(call, find(call)),
        PATCH: (call) => change(call, find(call)),
        DELETE: (call) => {
          clearAnnotations(call.state, find(call).target);
          return empty(204);
        },
        OPTIONS: tusOptions,
      });
    }
    tusRoutes(register, { url, check: find });
  }
}

function read(call: UserCall, addressed: Addressed): Answer {
  if (call.query.has('format')) throw refuseText(410, OLD_EXPORT);
  if (addressed.task.data === null) {
    throw refuseText(400, 'Exporting annotations from a task without data is not allowed');
  }
  return json(200, annotationsView(call.state, readAnnotations(call.state, addressed.target)));
}

function replace(call: UserCall, { task, target }: Addressed): Answer {
  if (call.query.has('format') || call.query.has('rq_id')) throw refuseText(410, OLD_IMPORT);
  const added = newAnnotations(call.state, task, jsonFields(call.request));
  return json(200, annotationsView(call.state, replaceAnnotations(call.state, target, added)));
}

function change(call: UserCall, { task, target }: Addressed): Answer {
  const body = jsonFields(call.request);
  switch (call.query.get('action')) {
    case 'create': {
      const added = addAnnotations(call.state, target, newAnnotations(call.state, task, body));
      return json(200, annotationsView(call.state, added));
    }
    case 'update': {
      const changed = storedAnnotations(call.state, task, body);
      updateAnnotations(call.state, target, changed);
      return json(200, annotationsView(call.state, changed));
    }
    case 'delete':
      removeAnnotations(call.state, target, annotationIds(body));
      return json(200, withoutNewer(call.state, { ...NOTHING, ...body, intervals: [] }, ['intervals']));
    default:
      throw refuseList("Please specify a correct 'action' for the request");
  }
}

const NOTHING = { version: 0, tags: [], shapes: [], tracks: [] };

const OLD_EXPORT = [
  'This endpoint is no longer supported.',
  'To initiate the export process, use POST /api/tasks/id/dataset/export?save_images=False.',
  'To check the process status, use GET /api/requests/rq_id,',
  'where rq_id is obtained from the response of the previous request.',
  'To download the prepared file, use the result_url obtained from the response of the previous request.',
  '',
].join('\n');

const OLD_IMPORT = [
  'This endpoint no longer supports checking the status of the import process.',
  'The common requests API should be used instead: GET /api/requests/rq_id,',
  'where rq_id is obtained from the response of the initializing request.',
  '',
].join('\n');
