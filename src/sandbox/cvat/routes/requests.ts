import { empty, json, text, type Answer } from '../answers/answer.ts';
import { earlyView } from '../answers/early-view.ts';
import { requestView } from '../answers/job-views.ts';
import { pageInOrder } from '../answers/paging.ts';
import { neverCached } from '../answers/never-cached.ts';
import { forbidden, Refusal, refuseList } from '../answers/refusal.ts';
import type { BackgroundRequest } from '../state/entities.ts';
import { findRequest } from '../state/requests.ts';
import type { UserCall } from './call.ts';
import type { Register } from './resource.ts';

export function requestRoutes(register: Register): void {
  register.users('/api/requests', { GET: list });
  register.users('/api/requests/:id', {
    GET: (call) => {
      const request = theRequest(call);
      if (request.taskId !== null && !call.state.tasks.has(request.taskId))
        throw refuseList('Task matching query does not exist.');
      return neverCached(json(200, earlyView(call.state, request, requestView(call, request))));
    },
  });
  register.users('/api/requests/:id/cancel', { POST: cancel });
}

/** A user's own requests, newest first. */
function list(call: UserCall): Answer {
  const { state, query } = call;
  const known = [...state.requests.keys()].flatMap((id) => findRequest(state, id) ?? []);
  const found = known.filter((request) => {
    const [action] = request.type.split(':');
    const terms: Readonly<Record<string, string | number | null | undefined>> = {
      status: request.status,
      action,
      target: request.target,
      subresource: request.type === 'import:annotations' ? 'annotations' : null,
      task_id: request.taskId,
      job_id: request.jobId,
      project_id: request.projectId,
      org_id: request.organizationId,
    };
    return (
      request.userId === call.user.id &&
      Object.entries(terms).every(([name, value]) => !query.has(name) || query.get(name) === String(value))
    );
  });
  const newestFirst = found.toSorted((a, b) => (a.created < b.created ? 1 : -1));
  return neverCached(pageInOrder(call, newestFirst, (request) => requestView(call, request)));
}

/** @throws Refusal 404 in plain words if CVAT does not know it, 403 if it is another user's */
function theRequest(call: UserCall): BackgroundRequest {
  const request = findRequest(call.state, call.params['id'] ?? '');
  if (request === undefined) throw refused(404, 'There is no request with specified id');
  if (request.userId !== call.user.id && !call.user.isAdmin) throw forbidden();
  return request;
}

/** Only what still waits can be cancelled; CVAT forgets it then. */
function cancel(call: UserCall): Answer {
  const request = theRequest(call);
  if (request.status === 'queued') {
    call.state.requests.delete(request.id);
    return neverCached(empty(200));
  }
  if (call.state.version === '2.54.1') {
    throw refused(400, 'Only requests that have not yet been started can be cancelled');
  }
  if (request.status === 'started') {
    throw refused(
      400,
      'Cancellation of started requests is supported only for export requests executed by production workers',
    );
  }
  throw refused(400, `Requests with status '${request.status}' cannot be cancelled`);
}

function refused(status: number, words: string): Refusal {
  return new Refusal(neverCached(text(status, words)));
}
