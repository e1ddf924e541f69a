import type { Mutation } from './mutation.ts';
import { cvatUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/cvat';

/** Of which changes CVAT's webhooks tell, and of which they make too much. */
export const CVAT_EVENTS: readonly Mutation[] = [
  {
    oddity: 'no event tells of the end of an import',
    file: `${ROOM}/webhooks/event-names.ts`,
    find: "  'completed:request[create:task]': 'Task data creation',\n",
    replace:
      "  'completed:request[create:task]': 'Task data creation',\n  'completed:request[import:annotations]': 'Import',\n",
    suites: [unit('webhooks')],
  },
  {
    oddity: 'the older version has no events of ended requests',
    file: `${ROOM}/webhooks/event-names.ts`,
    find: "[...namesOf(PROJECT_SUBJECTS), 'update:project', 'delete:project']",
    replace: "[...namesOf(PROJECT_SUBJECTS), ...Object.keys(COMPLETED), 'update:project', 'delete:project']",
    suites: [unit('webhooks')],
  },
  {
    oddity: 'the newer version does not tell of a deleted organization',
    file: `${ROOM}/webhooks/event-names.ts`,
    find: ".filter((name) => name !== 'delete:organization')",
    replace: '',
    suites: [unit('webhooks')],
  },
  {
    oddity: 'the newer version lists events with their groups',
    file: `${ROOM}/routes/webhooks.ts`,
    find: 'names.map((key) => (isOld ? key :',
    replace: 'names.map((key) => (names.length > 0 ? key :',
    suites: [unit('webhooks')],
  },
  {
    oddity: 'the older version tells no changes, only what was before',
    file: `${ROOM}/webhooks/events.ts`,
    find: "const OLD_ORDER = ['SUBJECT', 'sender', 'event', 'before_update', 'webhook_id'];",
    replace: "const OLD_ORDER = ['SUBJECT', 'sender', 'event', 'before_update', 'webhook_id', 'changes'];",
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'each version writes a message in an order of its own',
    file: `${ROOM}/webhooks/events.ts`,
    find: "const NEW_ORDER = ['event', 'webhook_id', 'SUBJECT', 'sender', 'before_update', 'changes'];",
    replace: "const NEW_ORDER = ['SUBJECT', 'sender', 'event', 'before_update', 'webhook_id', 'changes'];",
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'a change of nothing but the date is told as well',
    file: `${ROOM}/webhooks/events.ts`,
    find: 'Object.keys(old).length === 0 ||',
    replace: "Object.keys(old).filter((name) => name !== 'updated_date').length === 0 ||",
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'the newer version compares columns, the older one what it shows',
    file: `${ROOM}/webhooks/events.ts`,
    find: "if (state.version !== '2.54.1') return changedValues",
    replace: "if (state.version !== '2.54.1' && change.kind !== 'job') return changedValues",
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'the older version takes counts for changed',
    file: `${ROOM}/webhooks/events.ts`,
    find: 'COUNTED.includes(name) ? uncount(change, name, value) : undefined',
    replace: 'undefined',
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'an import tells of job, task and project for each job',
    file: `${ROOM}/state/annotations.ts`,
    find: '  saveTask(state, task);\n  touchProject(state, task);\n',
    replace: '',
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'an import tells once of the emptied and once of the filled job',
    file: `${ROOM}/coco/import-into.ts`,
    find: '  if (!order.isAppending) clearAnnotations(state, target);\n',
    replace:
      '  if (!order.isAppending) for (const one of state.jobs.values()) if (one.taskId === task.id) one.shapes = [];\n',
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'what a worker tells has addresses without a host',
    file: `${ROOM}/webhooks/snapshot.ts`,
    find: "origin: actor?.isWorker === false ? actor.origin : ''",
    replace: "origin: actor?.origin ?? ''",
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'the sender of what a worker tells has an e-mail address and no address',
    file: `${ROOM}/webhooks/events.ts`,
    find: 'if (!actor.isWorker) return basicUser',
    replace: 'if (actor.userId > 0) return basicUser',
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'the task is told of before its last job',
    file: `${ROOM}/state/jobs.ts`,
    find: "  if (task !== undefined) followJobs(state, task);\n  announce(state, { action: 'update', kind: 'job', id: job.id, isAddressed: true });\n",
    replace:
      "  announce(state, { action: 'update', kind: 'job', id: job.id, isAddressed: true });\n  if (task !== undefined) followJobs(state, task);\n",
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'the jobs of a deleted task are told of from the newest on',
    file: `${ROOM}/state/tasks.ts`,
    find: 'taskJobs(state, task.id).toReversed()',
    replace: 'taskJobs(state, task.id)',
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'a deleted task is told of with the jobs that it had',
    file: `${ROOM}/state/tasks.ts`,
    find: "  const tell = prepare(state, { action: 'delete', kind: 'task', id: task.id });\n  for (const job of taskJobs(state, task.id).toReversed()) deleteJob(state, job);\n",
    replace:
      "  for (const job of taskJobs(state, task.id).toReversed()) deleteJob(state, job);\n  const tell = prepare(state, { action: 'delete', kind: 'task', id: task.id });\n",
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'the comments of a deleted issue are told of from the newest on',
    file: `${ROOM}/state/issues.ts`,
    find: 'issueComments(state, issue.id).toReversed()',
    replace: 'issueComments(state, issue.id)',
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'the same name again tells of the project alone',
    file: `${ROOM}/routes/tasks.ts`,
    find: 'if (!isSame || isReassigned) saveTask',
    replace: 'if (isSame || !isSame) saveTask',
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'a worker of the older version counts no jobs',
    file: `${ROOM}/webhooks/oddities.ts`,
    find: '    chosen.push(uncountedJobs);\n',
    replace: '',
    suites: [unit('webhook-events')],
  },
  {
    oddity: 'jobs of a new task are told of before it has its data',
    file: `${ROOM}/webhooks/oddities.ts`,
    find: "  if (change.kind === 'job' && change.action === 'create' && isWorker && !isOld) chosen.push(jobWithoutData);\n",
    replace: '',
    suites: [unit('webhook-events')],
  },
];
