import type { Comment, Issue } from '../state/entities.ts';
import { issueComments } from '../state/issues.ts';
import { basicUser, type Scene } from './views.ts';

/** An issue without its texts, which are comments. */
export function issueView(scene: Scene, issue: Issue): object {
  return {
    id: issue.id,
    frame: issue.frame,
    position: issue.position,
    job: issue.jobId,
    owner: basicUser(scene, issue.ownerId),
    assignee: basicUser(scene, issue.assigneeId),
    created_date: issue.created,
    updated_date: issue.updated,
    resolved: issue.resolved,
    comments: {
      count: issueComments(scene.state, issue.id).length,
      url: `${scene.origin}/api/comments?issue_id=${issue.id}`,
    },
  };
}

export function commentView(scene: Scene, comment: Comment): object {
  return {
    id: comment.id,
    issue: comment.issueId,
    owner: basicUser(scene, comment.ownerId),
    message: comment.message,
    created_date: comment.created,
    updated_date: comment.updated,
  };
}
