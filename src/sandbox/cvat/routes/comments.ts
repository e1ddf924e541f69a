import { empty, json, type Answer } from '../answers/answer.ts';
import { commentView } from '../answers/issue-views.ts';
import { pageOf } from '../answers/paging.ts';
import { notFound, refuseFields } from '../answers/refusal.ts';
import type { Comment } from '../state/entities.ts';
import { addComment, deleteComment, saveComment } from '../state/issues.ts';
import { isJobListed } from './access.ts';
import { jsonFields } from './body.ts';
import type { UserCall } from './call.ts';
import { idField, onlyFields, requiredText } from './fields.ts';
import { theIssue } from './issues.ts';
import { passes } from './list-query.ts';
import type { Register } from './resource.ts';

/** Longest comment, in characters. */
const MAX_MESSAGE = 2 ** 20;

export function commentRoutes(register: Register): void {
  register.users('/api/comments', {
    GET: (call) => {
      const found = [...call.state.comments.values()].filter((comment) => isListed(call, comment));
      return pageOf(call, found, (comment) => commentView(call, comment));
    },
    POST: create,
  });
  register.users('/api/comments/:id', {
    GET: (call) => json(200, commentView(call, theComment(call))),
    PATCH: change,
    DELETE: (call) => {
      deleteComment(call.state, theComment(call));
      return empty(204);
    },
  });
}

function isListed(call: UserCall, comment: Comment): boolean {
  const issue = call.state.issues.get(comment.issueId);
  const job = call.state.jobs.get(issue?.jobId ?? 0);
  if (issue === undefined || job === undefined || !isJobListed(call, job)) return false;
  const owner = call.state.users.get(comment.ownerId)?.username ?? null;
  return passes(call.query, {
    terms: {
      id: comment.id,
      issue_id: issue.id,
      job_id: job.id,
      task_id: job.taskId,
      frame_id: issue.frame,
      owner,
    },
    searched: [owner, comment.message],
  });
}

function create(call: UserCall): Answer {
  const body = jsonFields(call.request);
  const missing = ['issue', 'message'].filter((name) => body[name] === undefined);
  if (missing.length > 0) {
    throw refuseFields(Object.fromEntries(missing.map((name) => [name, ['This field is required.']])));
  }
  const message = requiredText(body, 'message', { max: MAX_MESSAGE });
  const issue = theIssue(call, idField(body, 'issue') ?? 0);
  const comment = addComment(call.state, { issueId: issue.id, ownerId: call.user.id, message });
  return json(201, commentView(call, comment));
}

function change(call: UserCall): Answer {
  const comment = theComment(call);
  const body = jsonFields(call.request);
  onlyFields(body, ['message']);
  if (body['message'] !== undefined) comment.message = requiredText(body, 'message', { max: MAX_MESSAGE });
  saveComment(call.state, comment);
  return json(200, commentView(call, comment));
}

function theComment(call: UserCall): Comment {
  const comment = call.state.comments.get(Number(call.params['id']));
  if (comment === undefined) throw notFound('Comment');
  theIssue(call, comment.issueId);
  return comment;
}
