import type { Mutation } from './mutation.ts';
import { cvatContract as contract, cvatUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/cvat';

/** Stages and states of CVAT's jobs, ground truth and replicas among them. */
export const CVAT_JOBS: readonly Mutation[] = [
  {
    oddity: 'a stage change sets the state back to new',
    file: `${ROOM}/state/jobs.ts`,
    find: "    job.state = 'new';\n",
    replace: '',
    suites: [contract('jobs')],
  },
  {
    oddity: 'a job is done for its task only when it is accepted',
    file: `${ROOM}/state/jobs.ts`,
    find: "  if (job.stage === 'acceptance') return job.state === 'completed' ? 'completed' : 'validation';\n",
    replace: "  if (job.state === 'completed') return 'completed';\n",
    suites: [contract('jobs')],
  },
  {
    oddity: 'unknown fields of a change are 403',
    file: `${ROOM}/routes/jobs.ts`,
    find: "onlyFields(body, ['state', 'stage', 'assignee']);",
    replace: '',
    suites: [contract('jobs')],
  },
  {
    oddity: 'a change that changes nothing still counts as one',
    file: `${ROOM}/state/jobs.ts`,
    find: '  job.updated = state.stamp();\n  const task = state.tasks.get(job.taskId);\n  // The task',
    replace:
      '  if (Object.values(change).some((value) => value !== undefined)) job.updated = state.stamp();\n  const task = state.tasks.get(job.taskId);\n  // The task',
    suites: [unit('updated-dates')],
  },
  {
    oddity: 'a task has the lowest status of its jobs',
    file: `${ROOM}/state/jobs.ts`,
    find: "(['annotation', 'validation', 'completed'] as const).find",
    replace: "(['completed', 'validation', 'annotation'] as const).find",
    suites: [unit('jobs')],
  },
  {
    oddity: 'who works on a job may neither hand it on nor change its stage',
    file: `${ROOM}/routes/jobs.ts`,
    find: "  if (('stage' in body || 'assignee' in body) && !managesJob(call, job)) throw forbidden();\n",
    replace: '',
    suites: [unit('jobs')],
  },
  {
    oddity: 'an unknown assignee breaks the server',
    file: `${ROOM}/routes/jobs.ts`,
    find: '  if (assigneeId != null && !call.state.users.has(assigneeId)) throw refuseCrash();\n',
    replace: '',
    suites: [unit('jobs')],
  },
  {
    oddity: 'ground truth jobs are in the list of jobs',
    file: `${ROOM}/routes/jobs.ts`,
    find: '(job) => isJobListed(call, job) &&',
    replace: "(job) => (job.type === 'annotation' || call.query.has('type')) && isJobListed(call, job) &&",
    suites: [contract('jobs')],
  },
  {
    oddity: 'a ground truth job holds back the completion of its task',
    file: `${ROOM}/state/jobs.ts`,
    find: 'const statuses = taskJobs(state, task.id).map(jobStatus);',
    replace: 'const statuses = annotatedJobs(state, task).map(jobStatus);',
    suites: [unit('ground-truth')],
  },
  {
    oddity: 'the status of a task stays when its ground truth job is removed',
    file: `${ROOM}/state/jobs.ts`,
    find: '  state.jobs.delete(job.id);\n  tell();',
    replace:
      '  state.jobs.delete(job.id);\n  const task = state.tasks.get(job.taskId);\n  if (task !== undefined) followJobs(state, task);\n  tell();',
    suites: [unit('ground-truth')],
  },
  {
    oddity: 'a task has one ground truth job at most',
    file: `${ROOM}/routes/ground-truth.ts`,
    find: 'if (task.validationMode !== null) {',
    replace: "if (task.validationMode === 'gt_pool') {",
    suites: [unit('ground-truth')],
  },
  {
    oddity: 'ground truth jobs alone can be removed',
    file: `${ROOM}/routes/ground-truth.ts`,
    find: "  if (job.type !== 'ground_truth') throw refuseList('Only ground truth jobs can be removed');\n",
    replace: '',
    suites: [unit('ground-truth')],
  },
  {
    oddity: 'ground truth jobs alone can be made',
    file: `${ROOM}/routes/ground-truth.ts`,
    find: "  if (type !== 'ground_truth') throw refuseList(`Unexpected job type '${type}'`);\n",
    replace: '',
    suites: [unit('ground-truth')],
  },
  {
    oddity: 'the frames of ground truth are the same for the same seed',
    file: `${ROOM}/state/validation.ts`,
    find: 'draw.seed === undefined ? state.random : createRandom(draw.seed)',
    replace: 'state.random',
    suites: [unit('ground-truth')],
  },
  {
    oddity: 'a ground truth job counts the frames that were chosen',
    file: `${ROOM}/state/jobs.ts`,
    find: 'return job.includedFrames === null ? range : [...job.includedFrames];',
    replace: 'return range;',
    suites: [unit('ground-truth')],
  },
  {
    oddity: 'honeypots are hidden among the frames of jobs',
    file: `${ROOM}/state/validation.ts`,
    find: 'copies.map((copy) => ({ ...copy, isHoneypot: true }))',
    replace: 'copies.slice(0, 0)',
    suites: [unit('ground-truth')],
  },
  {
    oddity: 'an annotation of a pool frame lies on each of its copies',
    file: `${ROOM}/coco/import-into.ts`,
    find: "task.validationMode === 'gt_pool' ? onEqualFrames(imported, task) : imported",
    replace: 'imported',
    suites: [unit('ground-truth')],
  },
  {
    oddity: 'replicas of consensus take no part in annotations of the task',
    file: `${ROOM}/state/jobs.ts`,
    find: "(job) => job.type === 'annotation' ||",
    replace: "(job) => job.type !== 'ground_truth' ||",
    suites: [unit('consensus')],
  },
  {
    oddity: 'replicas of consensus count as jobs of their task',
    file: `${ROOM}/answers/views.ts`,
    find: 'const jobs = taskJobs(scene.state, task.id);',
    replace: 'const jobs = taskJobs(scene.state, task.id).filter((job) => job.parentJobId === null);',
    suites: [unit('consensus')],
  },
  {
    oddity: 'one replica is no consensus',
    file: `${ROOM}/routes/tasks.ts`,
    find: 'number === 0 || (number > 1 && number < 12)',
    replace: 'number >= 0 && number < 12',
    suites: [unit('consensus')],
  },
];
