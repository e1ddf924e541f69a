import { empty, json, type Answer } from '../answers/answer.ts';
import { issueView } from '../answers/issue-views.ts';
import { pageOf } from '../answers/paging.ts';
import { notFound, refuseCrash, refuseFields } from '../answers/refusal.ts';
import type { Issue } from '../state/entities.ts';
import { addComment, addIssue, deleteIssue, saveIssue } from '../state/issues.ts';
import { isJobListed, theJob } from './access.ts';
import { jsonFields, type Fields } from './body.ts';
import type { UserCall } from './call.ts';
import { idField, onlyFields, requiredText } from './fields.ts';
import { passes } from './list-query.ts';
import type { Register } from './resource.ts';

/** Longest remark, in characters. */
const MAX_MESSAGE = 2 ** 20;

export function issueRoutes(register: Register): void {
  register.users('/api/issues', {
    GET: (call) => {
      const found = [...call.state.issues.values()].filter((issue) => isVisible(call, issue) && isAsked(call, issue));
      return pageOf(call, found, (issue) => issueView(call, issue));
    },
    POST: create,
  });
  register.users('/api/issues/:id', {
    GET: (call) => json(200, issueView(call, theIssue(call))),
    PATCH: change,
    DELETE: (call) => {
      deleteIssue(call.state, theIssue(call));
      return empty(204);
    },
  });
}

/** @throws Refusal 404 if there is none, 403 if its job is not the user's */
export function theIssue(call: UserCall, id: number | string = call.params['id'] ?? ''): Issue {
  const issue = call.state.issues.get(Number(id));
  if (issue === undefined) throw notFound('Issue');
  theJob(call, String(issue.jobId));
  return issue;
}

function isVisible(call: UserCall, issue: Issue): boolean {
  const job = call.state.jobs.get(issue.jobId);
  return job !== undefined && isJobListed(call, job);
}

function isAsked(call: UserCall, issue: Issue): boolean {
  const nameOf = (id: number | null): string | null => call.state.users.get(id ?? 0)?.username ?? null;
  return passes(call.query, {
    terms: {
      id: issue.id,
      job_id: issue.jobId,
      task_id: call.state.jobs.get(issue.jobId)?.taskId ?? null,
      frame_id: issue.frame,
      resolved: String(issue.resolved),
      owner: nameOf(issue.ownerId),
      assignee: nameOf(issue.assigneeId),
    },
    searched: [nameOf(issue.ownerId), nameOf(issue.assigneeId)],
  });
}

/** Makes an issue; its message becomes the first comment. The frame may lie outside the job. */
function create(call: UserCall): Answer {
  const body = jsonFields(call.request);
  const missing = ['frame', 'position', 'job', 'message'].filter((name) => body[name] === undefined);
  if (missing.length > 0) {
    throw refuseFields(Object.fromEntries(missing.map((name) => [name, ['This field is required.']])));
  }
  const message = requiredText(body, 'message', { max: MAX_MESSAGE });
  const job = theJob(call, String(idField(body, 'job')));
  const issue = addIssue(call.state, {
    jobId: job.id,
    frame: idField(body, 'frame') ?? 0,
    position: position(body) ?? [],
    ownerId: call.user.id,
    assigneeId: assignee(call, body) ?? null,
    resolved: body['resolved'] === true,
  });
  addComment(call.state, { issueId: issue.id, ownerId: call.user.id, message });
  return json(201, issueView(call, issue));
}

function change(call: UserCall): Answer {
  const issue = theIssue(call);
  const body = jsonFields(call.request);
  onlyFields(body, ['position', 'assignee', 'resolved']);
  issue.position = position(body) ?? issue.position;
  issue.resolved = typeof body['resolved'] === 'boolean' ? body['resolved'] : issue.resolved;
  const assigneeId = assignee(call, body);
  if (assigneeId !== undefined) issue.assigneeId = assigneeId;
  saveIssue(call.state, issue);
  return json(200, issueView(call, issue));
}

function position(body: Fields): number[] | undefined {
  const value = body['position'];
  if (value === undefined) return undefined;
  const isList = Array.isArray(value) && value.every((part) => typeof part === 'number');
  if (!isList) throw refuseFields({ position: ['A valid number is required.'] });
  return value;
}

function assignee(call: UserCall, body: Fields): number | null | undefined {
  const id = idField(body, 'assignee');
  if (id != null && !call.state.users.has(id)) throw refuseCrash();
  return id;
}
