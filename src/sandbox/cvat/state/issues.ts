import { announce, prepare } from './changes.ts';
import type { CvatState } from './cvat-state.ts';
import type { Comment, Issue } from './entities.ts';

export interface NewIssue {
  readonly jobId: number;
  readonly frame: number;
  readonly position: readonly number[];
  readonly ownerId: number;
  readonly assigneeId: number | null;
  readonly resolved: boolean;
}

/** Adds an issue; neither its job nor its task counts as changed. */
export function addIssue(state: CvatState, issue: NewIssue): Issue {
  const added: Issue = { ...issue, id: state.nextId('issue'), created: state.stamp(), updated: state.stamp() };
  state.issues.set(added.id, added);
  announce(state, { action: 'create', kind: 'issue', id: added.id });
  return added;
}

export function addComment(state: CvatState, comment: { issueId: number; ownerId: number; message: string }): Comment {
  const added: Comment = { ...comment, id: state.nextId('comment'), created: state.stamp(), updated: state.stamp() };
  state.comments.set(added.id, added);
  announce(state, { action: 'create', kind: 'comment', id: added.id });
  return added;
}

export function jobIssues(state: CvatState, jobId: number): Issue[] {
  return [...state.issues.values()].filter((issue) => issue.jobId === jobId);
}

/** What was said about an issue, oldest first. */
export function issueComments(state: CvatState, issueId: number): Comment[] {
  return [...state.comments.values()].filter((comment) => comment.issueId === issueId);
}

/** Deletes an issue with its comments. */
export function deleteIssue(state: CvatState, issue: Issue): void {
  const tell = prepare(state, { action: 'delete', kind: 'issue', id: issue.id });
  for (const comment of issueComments(state, issue.id).toReversed()) deleteComment(state, comment);
  state.issues.delete(issue.id);
  tell();
}

export function deleteComment(state: CvatState, comment: Comment): void {
  announce(state, { action: 'delete', kind: 'comment', id: comment.id });
  state.comments.delete(comment.id);
}

export function saveIssue(state: CvatState, issue: Issue): void {
  issue.updated = state.stamp();
  announce(state, { action: 'update', kind: 'issue', id: issue.id });
}

export function saveComment(state: CvatState, comment: Comment): void {
  comment.updated = state.stamp();
  announce(state, { action: 'update', kind: 'comment', id: comment.id });
}
