import type { Mutation } from './mutation.ts';
import { cvatUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/cvat';

/** What reviewers write into CVAT. */
export const CVAT_ISSUES: readonly Mutation[] = [
  {
    oddity: 'the text of an issue is its first comment',
    file: `${ROOM}/routes/issues.ts`,
    find: '  addComment(call.state, { issueId: issue.id, ownerId: call.user.id, message });\n',
    replace: '',
    suites: [unit('issues')],
  },
  {
    oddity: 'an issue does not show its text',
    file: `${ROOM}/answers/issue-views.ts`,
    find: '    resolved: issue.resolved,\n',
    replace: '    resolved: issue.resolved,\n    message: issueComments(scene.state, issue.id)[0]?.message,\n',
    suites: [unit('issues')],
  },
  {
    oddity: 'an issue may lie on a frame outside its job',
    file: `${ROOM}/routes/issues.ts`,
    find: '  const issue = addIssue(call.state, {',
    replace:
      "  if (Number(body['frame']) > job.stopFrame) throw refuseFields({ frame: ['outside'] });\n  const issue = addIssue(call.state, {",
    suites: [unit('issues')],
  },
  {
    oddity: 'an issue changes the date of nothing else',
    file: `${ROOM}/state/issues.ts`,
    find: '  state.issues.set(added.id, added);\n',
    replace:
      '  state.issues.set(added.id, added);\n  const job = state.jobs.get(issue.jobId);\n  if (job !== undefined) job.updated = state.stamp();\n',
    suites: [unit('issues')],
  },
  {
    oddity: 'an issue takes its comments along',
    file: `${ROOM}/state/issues.ts`,
    find: '  for (const comment of issueComments(state, issue.id).toReversed()) deleteComment(state, comment);\n',
    replace: '',
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'issues go with their job',
    file: `${ROOM}/state/jobs.ts`,
    find: '  for (const issue of state.issues.values()) if (issue.jobId === job.id) deleteIssue(state, issue);\n',
    replace: '',
    suites: [unit('issues')],
  },
  {
    oddity: 'the text of an issue cannot be changed but by its comment',
    file: `${ROOM}/routes/issues.ts`,
    find: "  onlyFields(body, ['position', 'assignee', 'resolved']);\n",
    replace: '',
    suites: [unit('issues')],
  },
  {
    oddity: 'issues of a job are closed to who does not work on it any more',
    file: `${ROOM}/routes/issues.ts`,
    find: '  theJob(call, String(issue.jobId));\n',
    replace: '',
    suites: [unit('issues')],
  },
];
